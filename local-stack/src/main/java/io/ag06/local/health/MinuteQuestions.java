package io.ag06.local.health;

import io.ag06.pipeline.job.Job;
import io.ag06.schemas.Topic;
import io.ag06.schemas.Topics;
import io.ag06.sql.Table;
import io.ag06.sql.Table.OffsetColumns;
import io.ag06.sql.Tables;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The questions that are asked of ClickHouse about a minute, as SQL. Each reads little, and gives up where it does not.
 */
final class MinuteQuestions {
    /** How far back a repeat is looked for, by append time. */
    static final java.time.Duration LOOK_BACK = java.time.Duration.ofMinutes(10);

    /** A quarter of a core at most, and no more memory than an insert of the sink takes several times over. */
    private static final String BOUNDS =
            " SETTINGS max_threads = 1, max_execution_time = 10, max_memory_usage = 500000000";

    private static final String QUANTILES = "quantilesDD(0.01, 0.5, 0.99)";

    private MinuteQuestions() {}

    /** Up to which offset the tables hold rows: {@code name}, {@code topic}, {@code partition}, {@code last}. */
    static String positions(List<Job> jobs) {
        return jobs.stream()
                        .flatMap(job -> job.tables().stream()
                                .filter(table -> table.offsets().known()))
                        .map(MinuteQuestions::positions)
                        .collect(Collectors.joining(" UNION ALL "))
                + BOUNDS;
    }

    private static String positions(Table table) {
        // Grouped by columns of the projection kafka_offsets, so that a few rows of each part are read.
        String ofTopic = table.offsets().topic();
        return "SELECT '%s' AS name, %s AS topic, kafka_partition AS `partition`, max(%s) AS last FROM %s GROUP BY %skafka_partition"
                .formatted(
                        table.name(),
                        ofTopic.isEmpty() ? "'" + topicOf(table).orElseThrow().name() + "'" : ofTopic,
                        table.offsets().last(),
                        table.name(),
                        ofTopic.isEmpty() ? "" : ofTopic + ", ");
    }

    /** The topic that a raw table belongs to. */
    static Optional<Topic> topicOf(Table table) {
        return Topics.all().stream()
                .filter(topic -> Tables.factsOf(topic.name()).equals(table))
                .findFirst();
    }

    /**
     * How many rows appeared, and how late: {@code topic} (empty for all together), {@code stored}, {@code late}
     * (median and 99th percentile, microseconds, not a number where there are none).
     *
     * @param fresh the offsets that appeared, by topic
     * @param storedFrom where earlier rows are among them: when the minute began
     */
    static String stored(Map<Topic, OffsetRanges> fresh, Optional<Instant> storedFrom) {
        return "SELECT topic, count() AS stored, %s(late) AS late FROM (".formatted(QUANTILES)
                + fresh.entrySet().stream()
                        .map(topic -> "SELECT '%s' AS topic, %s AS late FROM %s WHERE %s"
                                .formatted(
                                        topic.getKey().name(),
                                        hasFreshness(topic.getKey())
                                                ? "toNullable(toFloat64(dateDiff('microsecond', event_time, stored_at)))"
                                                : "CAST(NULL, 'Nullable(Float64)')",
                                        facts(topic.getKey()).name(),
                                        rows(topic.getKey(), topic.getValue(), storedFrom)))
                        .collect(Collectors.joining(" UNION ALL "))
                + ") GROUP BY topic WITH ROLLUP" + BOUNDS;
    }

    /** Whether somebody waits to see what happened; what tells of a minute is written long after the minute's time. */
    private static boolean hasFreshness(Topic topic) {
        return topic.hasEventTime() && !topic.equals(Topics.PIPELINE_HEALTH) && !topic.equals(Topics.SCALING_ACTIONS);
    }

    /** How many of the rows that appeared repeat one that came before: {@code repeats}. */
    static String repeats(Topic topic, OffsetRanges fresh, OffsetRanges earlier, Optional<Instant> storedFrom) {
        String identity = "cityHash64("
                + topic.identity().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "))
                + ")";
        String table = facts(topic).name();
        String rows = rows(topic, fresh, storedFrom);
        String within = "(SELECT toInt64(count() - uniqExact(%s)) FROM %s WHERE %s)".formatted(identity, table, rows);
        String before = earlier.isEmpty()
                ? "0"
                : "(SELECT toInt64(uniqExact(%s)) FROM %s WHERE %s AND %s IN (SELECT %s FROM %s WHERE %s))"
                        .formatted(
                                identity,
                                table,
                                rows(topic, earlier, Optional.empty()),
                                identity,
                                identity,
                                table,
                                rows);
        return "SELECT assumeNotNull(%s) + assumeNotNull(%s) AS repeats".formatted(within, before) + BOUNDS;
    }

    /**
     * How late the events of a job became queryable whose rows are sums: {@code late}, as in {@link #stored}. An event
     * could be queried when the first block came that covers its offset; its time is in its topic's raw table.
     *
     * @param covered the offsets that the sums have come to cover, by topic
     */
    static String coveredBySums(Table sums, Map<Topic, OffsetRanges> covered, Optional<Instant> storedFrom) {
        String events = covered.entrySet().stream()
                .map(topic ->
                        "SELECT '%s' AS topic, kafka_partition AS `partition`, kafka_offset AS at, event_time FROM %s WHERE %s"
                                .formatted(
                                        topic.getKey().name(),
                                        facts(topic.getKey()).name(),
                                        rows(topic.getKey(), topic.getValue(), Optional.empty())))
                .collect(Collectors.joining(" UNION ALL "));
        String blocks = covered.entrySet().stream()
                .map(topic -> "(kafka_topic = '%s' AND %s)"
                        .formatted(
                                topic.getKey().name(),
                                topic.getValue()
                                        .condition(
                                                "kafka_partition",
                                                sums.offsets().last())))
                .collect(Collectors.joining(" OR ", "(", ")"));
        return ("SELECT %s(toFloat64(dateDiff('microsecond', event.event_time, block.queryable_at))) AS late FROM (%s) AS event"
                                + " ASOF JOIN (SELECT toString(kafka_topic) AS topic, kafka_partition AS `partition`,"
                                + " max(%s) AS up_to, max(stored_at) AS queryable_at FROM %s WHERE %s%s"
                                + " GROUP BY topic, kafka_partition, sink_block) AS block"
                                + " ON event.topic = block.topic AND event.`partition` = block.`partition` AND event.at <= block.up_to")
                        .formatted(
                                QUANTILES,
                                events,
                                sums.offsets().last(),
                                sums.name(),
                                blocks,
                                storedFrom.map(MinuteQuestions::storedFrom).orElse(""))
                + BOUNDS;
    }

    /** What the agents heard in the two minutes before that moment said last of their spools, in all. */
    static String spool(Instant moment) {
        return "SELECT count() AS devices, sum(records) AS records, sum(bytes) AS bytes FROM (%s)"
                        .formatted(spools(moment))
                + BOUNDS;
    }

    /** The fullest of them. */
    static String fullestSpools(Instant moment, int most) {
        return "SELECT * FROM (%s) ORDER BY bytes / limit_bytes DESC, device_id LIMIT %d"
                        .formatted(spools(moment), most)
                + BOUNDS;
    }

    private static String spools(Instant moment) {
        return "SELECT device_id, argMax(spool_records, event_time) AS records, argMax(spool_bytes, event_time) AS bytes,"
                + " argMax(spool_limit_bytes, event_time) AS limit_bytes FROM %s WHERE event_time > %s GROUP BY device_id"
                        .formatted(facts(Topics.DEVICE_METRICS).name(), micros(moment.minusSeconds(120)));
    }

    private static String rows(Topic topic, OffsetRanges offsets, Optional<Instant> storedFrom) {
        Table table = facts(topic);
        String ofTopic = table.offsets().topic().isEmpty()
                ? ""
                : "%s = '%s' AND ".formatted(table.offsets().topic(), topic.name());
        return ofTopic
                + offsets.condition("kafka_partition", table.offsets().last())
                + storedFrom.map(MinuteQuestions::storedFrom).orElse("");
    }

    private static String storedFrom(Instant moment) {
        return " AND stored_at >= " + micros(moment);
    }

    private static String micros(Instant moment) {
        return "fromUnixTimestamp64Micro(%d, 'UTC')"
                .formatted(moment.getEpochSecond() * 1_000_000 + moment.getNano() / 1_000);
    }

    private static Table facts(Topic topic) {
        return Tables.factsOf(topic.name());
    }

    /** Whether a table's rows are sums over stretches of a partition. */
    static boolean areSums(Table table) {
        return table.offsets().equals(OffsetColumns.OF_PARTIALS);
    }
}
