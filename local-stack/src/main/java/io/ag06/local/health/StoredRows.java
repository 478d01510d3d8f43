package io.ag06.local.health;

import com.fasterxml.jackson.databind.JsonNode;
import io.ag06.analytics.health.JobMinute.Freshness;
import io.ag06.analytics.health.JobMinute.Spool;
import io.ag06.pipeline.job.Job;
import io.ag06.schemas.Topic;
import io.ag06.sql.Table;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once a minute at what has appeared in the tables. Rows appear in the order of their offsets, so those between
 * the last offset of the last look and that of this one are the minute's: each row is looked at once, and nothing else
 * is. Used by one thread.
 */
final class StoredRows {
    private static final Logger LOG = LoggerFactory.getLogger(StoredRows.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int FULLEST_SPOOLS = 10;

    private final List<Job> jobs;
    private final Sql sql;
    private Optional<Map<Place, Long>> lastPositions = Optional.empty();
    private boolean gap;

    StoredRows(List<Job> jobs, Sql sql) {
        this.jobs = List.copyOf(jobs);
        this.sql = sql;
    }

    /**
     * What appeared since the last look. After looks that ClickHouse did not answer only what was stored since the
     * minute began counts: what came before belongs to minutes of which nothing is known.
     *
     * @param minuteStart when the minute began that ends now
     * @param lookBack the first offset within {@link MinuteQuestions#LOOK_BACK}, by topic and partition; empty where it
     *     is not known
     */
    StoredMinute look(Instant minuteStart, Instant now, Optional<Map<String, Map<Integer, Long>>> lookBack)
            throws InterruptedException {
        Optional<Map<Place, Long>> before = lastPositions;
        Optional<Map<Place, Long>> positions =
                answer("where the tables end", MinuteQuestions.positions(jobs)).map(StoredRows::positions);
        if (positions.isEmpty()) {
            gap = true;
            return StoredMinute.UNKNOWN;
        }
        Optional<Instant> storedFrom = gap ? Optional.of(minuteStart) : Optional.empty();
        lastPositions = positions;
        gap = false;
        Spool spool = answer("the spools", MinuteQuestions.spool(now))
                .map(StoredRows::spool)
                .orElse(Spool.UNKNOWN);
        List<DeviceSpool> spools =
                answer("the fullest spools", MinuteQuestions.fullestSpools(now, FULLEST_SPOOLS))
                        .orElse(List.of())
                        .stream()
                        .map(StoredRows::deviceSpool)
                        .toList();
        if (before.isEmpty()) {
            return new StoredMinute(Map.of(), Map.of(), Map.of(), spool, spools);
        }
        Minute minute = new Minute(before.get(), positions.get(), storedFrom);
        Map<String, Freshness> freshness = new HashMap<>();
        Map<String, Long> stored = new HashMap<>();
        Map<String, Long> repeats = new HashMap<>();
        for (Job job : jobs) {
            facts(job, minute, freshness, stored);
            sums(job, minute, freshness);
            if (lookBack.isPresent()) {
                repeats(job, minute, lookBack.get(), stored, repeats);
            }
        }
        return new StoredMinute(freshness, stored, repeats, spool, spools);
    }

    private void facts(Job job, Minute minute, Map<String, Freshness> freshness, Map<String, Long> stored)
            throws InterruptedException {
        Map<Topic, OffsetRanges> fresh = new LinkedHashMap<>();
        for (Table table : job.tables()) {
            Optional<Topic> topic = MinuteQuestions.topicOf(table);
            topic.ifPresent(facts -> {
                OffsetRanges ranges = minute.of(table, facts);
                if (ranges.isEmpty()) {
                    stored.put(facts.name(), 0L);
                } else {
                    fresh.put(facts, ranges);
                }
            });
        }
        if (fresh.isEmpty()) {
            return;
        }
        answer("rows that appeared", MinuteQuestions.stored(fresh, minute.storedFrom))
                .ifPresent(rows -> rows.forEach(row -> {
                    String topic = row.path("topic").asText();
                    if (topic.isEmpty()) {
                        freshness.put(job.jobName(), freshness(row));
                    } else {
                        stored.put(topic, row.path("stored").asLong());
                    }
                }));
        // A topic all of whose new offsets were refused has no rows, and so no line in the answer.
        if (freshness.containsKey(job.jobName())) {
            fresh.keySet().forEach(topic -> stored.putIfAbsent(topic.name(), 0L));
        }
    }

    private void sums(Job job, Minute minute, Map<String, Freshness> freshness) throws InterruptedException {
        for (Table table : job.tables()) {
            if (!MinuteQuestions.areSums(table)) {
                continue;
            }
            Map<Topic, OffsetRanges> covered = new LinkedHashMap<>();
            for (Topic topic : job.topics()) {
                OffsetRanges ranges = minute.of(table, topic);
                if (!ranges.isEmpty()) {
                    covered.put(topic, ranges);
                }
            }
            if (!covered.isEmpty()) {
                answer(
                                "events that sums came to cover",
                                MinuteQuestions.coveredBySums(table, covered, minute.storedFrom))
                        .filter(rows -> !rows.isEmpty())
                        .ifPresent(rows -> freshness.put(job.jobName(), freshness(rows.get(0))));
            }
        }
    }

    private void repeats(
            Job job,
            Minute minute,
            Map<String, Map<Integer, Long>> lookBack,
            Map<String, Long> stored,
            Map<String, Long> repeats)
            throws InterruptedException {
        for (Table table : job.tables()) {
            Optional<Topic> topic = MinuteQuestions.topicOf(table);
            if (topic.isEmpty() || !stored.containsKey(topic.get().name())) {
                continue;
            }
            String name = topic.get().name();
            if (stored.get(name) == 0) {
                repeats.put(name, 0L);
                continue;
            }
            OffsetRanges earlier = minute.before(table, topic.get(), lookBack.getOrDefault(name, Map.of()));
            answer(
                            "repeats of " + name,
                            MinuteQuestions.repeats(
                                    topic.get(), minute.of(table, topic.get()), earlier, minute.storedFrom))
                    .ifPresent(rows ->
                            repeats.put(name, rows.get(0).path("repeats").asLong()));
        }
    }

    /** The answer's rows; empty where there is none, which is said once in the log. */
    private Optional<List<JsonNode>> answer(String question, String query) throws InterruptedException {
        try {
            return Optional.of(sql.rows(query, PATIENCE));
        } catch (IOException e) {
            LOG.info("Not known of this minute: {} ({})", question, e.getMessage());
            return Optional.empty();
        }
    }

    private static Map<Place, Long> positions(List<JsonNode> rows) {
        Map<Place, Long> positions = new HashMap<>();
        rows.forEach(row -> positions.put(
                new Place(
                        row.path("name").asText(),
                        row.path("topic").asText(),
                        row.path("partition").asInt()),
                row.path("last").asLong()));
        return positions;
    }

    private static Freshness freshness(JsonNode row) {
        return new Freshness(
                micros(row.path("late").path(0)), micros(row.path("late").path(1)));
    }

    /** A quantile of nothing is no number. */
    private static OptionalLong micros(JsonNode quantile) {
        return quantile.isNumber() ? OptionalLong.of(Math.round(quantile.asDouble())) : OptionalLong.empty();
    }

    private static Spool spool(List<JsonNode> rows) {
        JsonNode row = rows.get(0);
        return row.path("devices").asLong() == 0
                ? Spool.UNKNOWN
                : new Spool(
                        OptionalLong.of(row.path("records").asLong()),
                        OptionalLong.of(row.path("bytes").asLong()));
    }

    private static DeviceSpool deviceSpool(JsonNode row) {
        return new DeviceSpool(
                row.path("device_id").asText(),
                row.path("records").asLong(),
                row.path("bytes").asLong(),
                row.path("limit_bytes").asLong());
    }

    /** Where rows of one partition end in one table. */
    private record Place(String table, String topic, int partition) {}

    /** From one look to the next. */
    private record Minute(Map<Place, Long> before, Map<Place, Long> now, Optional<Instant> storedFrom) {
        /** Offsets whose rows appeared. A table that ends earlier than before was cut back: nothing appeared yet. */
        OffsetRanges of(Table table, Topic topic) {
            return new OffsetRanges(by(before, table, topic), by(now, table, topic));
        }

        /** Offsets of rows that were there before, from these on. */
        OffsetRanges before(Table table, Topic topic, Map<Integer, Long> from) {
            Map<Integer, Long> upTo = by(before, table, topic);
            Map<Integer, Long> after = new HashMap<>();
            // Where Kafka has no record since that time, none of the earlier rows is young enough.
            upTo.forEach((partition, last) ->
                    after.put(partition, from.containsKey(partition) ? from.get(partition) - 1 : last));
            return new OffsetRanges(after, upTo);
        }

        private static Map<Integer, Long> by(Map<Place, Long> positions, Table table, Topic topic) {
            Map<Integer, Long> offsets = new HashMap<>();
            positions.forEach((place, last) -> {
                if (place.table.equals(table.name()) && place.topic.equals(topic.name())) {
                    offsets.put(place.partition, last);
                }
            });
            return offsets;
        }
    }
}
