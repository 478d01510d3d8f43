package io.ag06.local.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import io.ag06.local.SqlClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The table {@code dead_letters}: records that could not be taken in, kept whole. */
public final class DeadLetters {
    /**
     * Bytes, and words with a digit in them, say what was wrong with this record; the rest, what is wrong with all of
     * its kind.
     */
    private static final String REASON =
            "replaceRegexpAll(error, '([0-9A-F]{2}( [0-9A-F]{2})+|[^\\\\s(),;]*[0-9][^\\\\s(),;]*)', '…')";

    private static final String LETTERS = """
            SELECT
                d.kafka_topic AS kafka_topic, d.kafka_partition AS kafka_partition, d.kafka_offset AS kafka_offset,
                d.topic AS topic, d.partition AS partition, d.offset AS offset, d.stage AS stage, d.error AS error,
                toUnixTimestamp64Micro(d.seen_at) AS seen_at, length(d.original) AS bytes,
                r.replays AS replays, r.last.1 AS to_topic, r.last.2 AS to_partition, r.last.3 AS to_offset,
                toUnixTimestamp64Micro(r.last_at) AS replayed_at
            FROM (SELECT * FROM dead_letters WHERE %s) AS d
            LEFT JOIN (
                SELECT
                    letter_topic, letter_partition, letter_offset, count() AS replays,
                    argMax((topic, partition, offset), replayed_at) AS last, max(replayed_at) AS last_at
                FROM dead_letter_replays
                GROUP BY letter_topic, letter_partition, letter_offset) AS r
            ON d.kafka_topic = r.letter_topic AND d.kafka_partition = r.letter_partition
                AND d.kafka_offset = r.letter_offset
            """;

    private final SqlClient sql;

    public DeadLetters(SqlClient sql) {
        this.sql = sql;
    }

    /** How many there are of each topic, stage and reason, the most first. */
    public List<LetterCount> counts(LetterFilter filter) {
        return sql.rows("""
                        SELECT
                            topic, stage, %s AS reason, count() AS letters, countIf(replays > 0) AS replayed,
                            min(seen_at) AS first, max(seen_at) AS last
                        FROM (%s)
                        GROUP BY topic, stage, reason
                        ORDER BY letters DESC, topic, stage, reason
                        """.formatted(REASON, LETTERS.formatted(filter.condition()))).stream()
                .map(row -> new LetterCount(
                        row.get("topic").asText(),
                        row.get("stage").asText(),
                        row.get("reason").asText(),
                        row.get("letters").asLong(),
                        row.get("replayed").asLong(),
                        time(row.get("first")),
                        time(row.get("last"))))
                .toList();
    }

    /**
     * The newest letters.
     *
     * @param most how many
     */
    public List<Letter> newest(LetterFilter filter, int most) {
        return letters(filter.condition(), "seen_at DESC, kafka_topic, kafka_partition, kafka_offset DESC", most);
    }

    /**
     * Hands over every letter that is there now, in the order of their IDs. One that comes meanwhile is not among them:
     * it may be what became of a letter that was handed over.
     *
     * @param most letters handed over together
     */
    void forEachPage(LetterFilter filter, int most, Consumer<List<Letter>> taker) {
        long now = sql.number("SELECT toUnixTimestamp64Micro(now64(6))");
        String there = "%s AND stored_at <= fromUnixTimestamp64Micro(%d)".formatted(filter.condition(), now);
        String following = "";
        List<Letter> page;
        do {
            page = letters(there + following, "kafka_topic, kafka_partition, kafka_offset", most);
            if (!page.isEmpty()) {
                taker.accept(page);
                following = " AND (kafka_topic, kafka_partition, kafka_offset) > "
                        + tuple(page.get(page.size() - 1).id());
            }
        } while (page.size() == most);
    }

    /** The letter of this ID; empty where there is none. */
    public Optional<Letter> find(LetterId id) {
        return letters("(kafka_topic, kafka_partition, kafka_offset) = " + tuple(id), "seen_at", 1).stream()
                .findFirst();
    }

    /** The bytes of these letters' values, as they were; none for a record without a value. */
    public Map<LetterId, byte[]> originals(Collection<Letter> letters) {
        String ids = letters.stream().map(letter -> tuple(letter.id())).collect(Collectors.joining(", "));
        Map<LetterId, byte[]> originals = new HashMap<>();
        sql.rows("""
                        SELECT kafka_topic, kafka_partition, kafka_offset, base64Encode(original) AS original
                        FROM dead_letters
                        WHERE (kafka_topic, kafka_partition, kafka_offset) IN (%s)
                        """.formatted(ids))
                .forEach(row -> originals.put(
                        id(row), Base64.getDecoder().decode(row.get("original").asText())));
        return originals;
    }

    private List<Letter> letters(String condition, String order, int most) {
        return sql
                .rows(LETTERS.formatted(condition)
                        + "ORDER BY %s LIMIT 1 BY kafka_topic, kafka_partition, kafka_offset LIMIT %d"
                                .formatted(order, most))
                .stream()
                .map(DeadLetters::letter)
                .toList();
    }

    private static Letter letter(JsonNode row) {
        LetterId id = id(row);
        Optional<LetterReplay> replay = row.get("replays").asLong() == 0
                ? Optional.empty()
                : Optional.of(new LetterReplay(
                        id,
                        row.get("to_topic").asText(),
                        row.get("to_partition").asInt(),
                        row.get("to_offset").asLong(),
                        time(row.get("replayed_at"))));
        return new Letter(
                id,
                row.get("topic").asText(),
                row.get("partition").asInt(),
                row.get("offset").asLong(),
                row.get("stage").asText(),
                row.get("error").asText(),
                time(row.get("seen_at")),
                row.get("bytes").asLong(),
                replay);
    }

    private static LetterId id(JsonNode row) {
        return new LetterId(
                row.get("kafka_topic").asText(),
                row.get("kafka_partition").asInt(),
                row.get("kafka_offset").asLong());
    }

    private static Instant time(JsonNode micros) {
        return Instant.EPOCH.plus(micros.asLong(), ChronoUnit.MICROS);
    }

    private static String tuple(LetterId id) {
        return "(%s, %d, %d)".formatted(SqlClient.literal(id.topic()), id.partition(), id.offset());
    }
}
