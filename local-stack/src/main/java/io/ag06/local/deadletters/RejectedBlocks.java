package io.ag06.local.deadletters;

import com.clickhouse.data.ClickHouseColumn;
import com.fasterxml.jackson.databind.JsonNode;
import io.ag06.local.SqlClient;
import io.ag06.local.StackException;
import io.ag06.sql.Table;
import io.ag06.sql.Tables;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The table {@code rejected_blocks}: blocks that the server refused, kept whole. */
public final class RejectedBlocks {
    /** Where every block was refused, as dead letters call it. */
    private static final String STAGE = "store";

    private final SqlClient sql;

    public RejectedBlocks(SqlClient sql) {
        this.sql = sql;
    }

    /** Whether a text can be a block's name: a number of 64 bits without a sign. */
    public static boolean isName(String text) {
        try {
            Long.parseUnsignedLong(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** The blocks for a topic's table that were refused since some time, the newest first; all are of stage store. */
    public List<RefusedBlock> matching(LetterFilter filter) {
        if (filter.stage().isPresent() && !filter.stage().get().equals(STAGE)) {
            return List.of();
        }
        List<String> conditions = new ArrayList<>(List.of("1"));
        filter.topic()
                .ifPresent(topic -> conditions.add("table_name = "
                        + SqlClient.literal(Tables.factsOf(topic.name()).name())));
        filter.since()
                .ifPresent(since -> conditions.add(
                        "rejected_blocks.refused_at >= fromUnixTimestamp64Milli(%d)".formatted(since.toEpochMilli())));
        return where(String.join(" AND ", conditions));
    }

    /** The block of this name; empty where there is none. */
    public Optional<RefusedBlock> named(String block) {
        return where(nameIs(block)).stream().findFirst();
    }

    /** The blocks of a table that are not in it to this day: the records they hold have no row. */
    public List<RefusedBlock> notStoredIn(Table table) {
        return where("table_name = " + SqlClient.literal(table.name())).stream()
                .filter(block -> !block.stored())
                .toList();
    }

    /**
     * The records that a block's rows were made of, in the order of the rows.
     *
     * @throws StackException where the rows can't be read
     */
    public List<RecordRange> recordsOf(RefusedBlock block) {
        List<RecordRange> records = new ArrayList<>();
        BlockRows rows = rowsOf(block);
        forEachRow(block, rows, row -> records.add(rows.recordsOf(row)));
        return records;
    }

    /**
     * The first rows of a block, each its values by column as JSON can say them.
     *
     * @throws StackException where they can't be read
     */
    public List<Map<String, Object>> firstRows(RefusedBlock block, int most) {
        List<Map<String, Object>> rows = new ArrayList<>();
        forEachRow(block, rowsOf(block), row -> {
            if (rows.size() < most) {
                rows.add(BlockRows.readable(row));
            }
        });
        return rows;
    }

    /** The rows of a block as they are, RowBinary; closed by the caller. */
    InputStream payload(RefusedBlock block) {
        return sql.query(
                "SELECT payload FROM rejected_blocks WHERE %s LIMIT 1".formatted(nameIs(block.block())), "RawBLOB");
    }

    private void forEachRow(RefusedBlock block, BlockRows rows, Consumer<Map<String, Object>> taker) {
        try (InputStream payload = payload(block)) {
            rows.forEach(payload, taker);
        } catch (IOException e) {
            throw new StackException("Block %s can't be read: %s".formatted(block.block(), e.getMessage()), e);
        }
    }

    private BlockRows rowsOf(RefusedBlock block) {
        Map<String, String> types = sql
                .rows("SELECT name, type FROM system.columns WHERE database = %s AND table = %s"
                        .formatted(SqlClient.literal(Tables.DATABASE), SqlClient.literal(block.table())))
                .stream()
                .collect(Collectors.toMap(
                        row -> row.get("name").asText(), row -> row.get("type").asText()));
        List<ClickHouseColumn> columns = block.columns().stream()
                .map(column -> ClickHouseColumn.of(column, types.getOrDefault(column, "Nothing")))
                .toList();
        return new BlockRows(tableOf(block), columns);
    }

    /** The table that a block was meant for. */
    static Table tableOf(RefusedBlock block) {
        return WrittenTables.named(block.table())
                .orElseThrow(
                        () -> new StackException("Block %s was meant for %s, a table that no job of this version writes"
                                .formatted(block.block(), block.table())));
    }

    private static String nameIs(String block) {
        return "rejected_blocks.block = toUInt64(%s)".formatted(SqlClient.literal(block));
    }

    private List<RefusedBlock> where(String condition) {
        List<JsonNode> rows = sql.rows("""
                SELECT
                    toString(block) AS block, table_name, partition_key, rows, length(payload) AS bytes, columns,
                    toUnixTimestamp64Micro(refused_at) AS refused_at, error
                FROM rejected_blocks
                WHERE %s
                ORDER BY rejected_blocks.refused_at DESC, rejected_blocks.block
                """.formatted(condition));
        Set<String> stored = storedOf(rows);
        return rows.stream()
                .map(row -> new RefusedBlock(
                        row.get("block").asText(),
                        row.get("table_name").asText(),
                        row.get("partition_key").asText(),
                        row.get("rows").asLong(),
                        row.get("bytes").asLong(),
                        List.of(row.get("columns").asText().split(",")),
                        Instant.EPOCH.plus(row.get("refused_at").asLong(), ChronoUnit.MICROS),
                        row.get("error").asText(),
                        stored.contains(row.get("block").asText())))
                .toList();
    }

    /** Which of the blocks are in their tables by now. */
    private Set<String> storedOf(List<JsonNode> rows) {
        Map<String, String> namesByTable = rows.stream()
                .filter(row ->
                        WrittenTables.named(row.get("table_name").asText()).isPresent())
                .collect(Collectors.groupingBy(
                        row -> row.get("table_name").asText(),
                        Collectors.mapping(row -> row.get("block").asText(), Collectors.joining(", "))));
        Set<String> stored = new HashSet<>();
        namesByTable.forEach(
                (table, names) -> sql.rows("SELECT DISTINCT toString(%s) AS block FROM `%s` WHERE %s IN (%s)"
                                .formatted(Tables.BLOCK_COLUMN, table, Tables.BLOCK_COLUMN, names))
                        .forEach(row -> stored.add(row.get("block").asText())));
        return stored;
    }
}
