package io.ag06.local.reconcile;

import io.ag06.local.SqlClient;
import io.ag06.local.StackException;
import io.ag06.sql.Table;
import io.ag06.sql.Tables;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * Which records of a Kafka partition have rows, and which have several. The server sorts the offsets and answers where
 * the sequence breaks: a gap or a repetition is a line, a record is none.
 */
final class StoredOffsets {
    private static final long NOTHING_BEFORE = -2;

    private final SqlClient sql;

    StoredOffsets(SqlClient sql) {
        this.sql = sql;
    }

    /** Rows of a topic's raw table and its dead letters. */
    Found find(TopicPartition partition, long from, long end) {
        return find(tablesOf(partition.topic()), partition, from, end);
    }

    /** Rows of the topic's raw table alone: the records that were taken in. */
    Found findTakenIn(TopicPartition partition, long from, long end) {
        return find(Stream.of(Tables.factsOf(partition.topic())), partition, from, end);
    }

    /** How many records of the partition are dead letters. */
    long deadLetters(TopicPartition partition, long from, long end) {
        return sql.number("SELECT count() FROM " + rows(Tables.DEAD_LETTERS, partition, from, end));
    }

    /** The highest offset that any row has, by partition of the topic. */
    Map<TopicPartition, Long> highest(String topic) {
        Map<TopicPartition, Long> highest = new HashMap<>();
        tablesOf(topic)
                .flatMap(table -> sql
                        .rows(
                                "SELECT kafka_partition, max(kafka_offset) AS highest FROM `%s` %s GROUP BY kafka_partition"
                                        .formatted(table.name(), ofTopic("WHERE", table, topic)))
                        .stream())
                .forEach(row -> highest.merge(
                        new TopicPartition(topic, row.get("kafka_partition").asInt()),
                        row.get("highest").asLong(),
                        Math::max));
        return highest;
    }

    private Found find(Stream<Table> tables, TopicPartition partition, long from, long end) {
        String offsets = tables.map(table -> "SELECT kafka_offset FROM " + rows(table, partition, from, end))
                .collect(Collectors.joining(" UNION ALL "));
        // One row more, two beyond the last that is possible, closes the last range.
        String breaks = """
                SELECT before, kafka_offset
                FROM (
                    SELECT
                        kafka_offset,
                        lagInFrame(kafka_offset, 1, toInt64(%d)) OVER (
                            ORDER BY kafka_offset ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS before
                    FROM (%s UNION ALL SELECT toInt64(%d)))
                WHERE kafka_offset != before + 1
                ORDER BY kafka_offset, before
                """.formatted(NOTHING_BEFORE, offsets, end + 1);
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(sql.query(breaks, "TabSeparated"), StandardCharsets.US_ASCII))) {
            return read(lines, end + 1);
        } catch (IOException e) {
            throw new StackException(
                    "ClickHouse's answer about %s broke off: %s".formatted(partition, e.getMessage()), e);
        }
    }

    private static Found read(BufferedReader lines, long beyond) throws IOException {
        OffsetRanges.Builder offsets = new OffsetRanges.Builder();
        OffsetRanges.Builder doubled = new OffsetRanges.Builder();
        long first = NOTHING_BEFORE;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int tab = line.indexOf('\t');
            long before = Long.parseLong(line, 0, tab, 10);
            long offset = Long.parseLong(line, tab + 1, line.length(), 10);
            if (before == offset) {
                doubled.add(offset);
                continue;
            }
            if (before != NOTHING_BEFORE) {
                offsets.add(first, before);
            }
            first = offset;
        }
        if (first != beyond) {
            throw new IOException("it ends before its last line");
        }
        return new Found(offsets.build(), doubled.build());
    }

    /** The rows of a table that belong to a stretch of the partition. */
    private static String rows(Table table, TopicPartition partition, long from, long end) {
        return "`%s` WHERE kafka_partition = %d AND kafka_offset >= %d AND kafka_offset < %d %s"
                .formatted(table.name(), partition.partition(), from, end, ofTopic("AND", table, partition.topic()));
    }

    /** A condition for a table that has rows of several topics; nothing for one that has not. */
    private static String ofTopic(String conjunction, Table table, String topic) {
        String column = table.offsets().topic();
        return column.isEmpty() ? "" : "%s %s = %s".formatted(conjunction, column, SqlClient.literal(topic));
    }

    /** Where rows of the topic's records are: its raw table, and the dead letters. */
    private static Stream<Table> tablesOf(String topic) {
        Table facts = Tables.factsOf(topic);
        return facts.equals(Tables.DEAD_LETTERS) ? Stream.of(facts) : Stream.of(facts, Tables.DEAD_LETTERS);
    }

    /**
     * What there is of a stretch.
     *
     * @param offsets records that have a row
     * @param doubled those of them that have several
     */
    record Found(OffsetRanges offsets, OffsetRanges doubled) {}
}
