package io.ag06.local.health;

import io.ag06.analytics.health.JobMinute;
import io.ag06.analytics.health.TopicMinute;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Readings to test with. */
final class Healths {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:05Z");

    private static final Instant SINCE = Instant.parse("2026-03-01T11:00:00Z");
    private static final Instant MINUTE = Instant.parse("2026-03-01T11:59:00Z");

    private Healths() {}

    /** Of which everything is known, and all is well. */
    static Health well() {
        return of(well("kafka"), job(well("event-archive"), Duration.ZERO, Optional.of(minute())));
    }

    /** Kafka is away, and so nothing is known of the lag; a sink waits. */
    static Health unwell() {
        PartHealth kafka = new PartHealth("kafka", Optional.of("no answer"), SINCE);
        PartHealth job = new PartHealth("event-archive", Optional.of("its sink waits for ClickHouse"), SINCE);
        return of(kafka, job(job, Duration.ofMinutes(3), Optional.empty()));
    }

    private static Health of(PartHealth kafka, JobHealth job) {
        boolean known = kafka.isWell();
        return new Health(
                NOW,
                List.of(kafka, well("flink"), well("clickhouse"), well("monitor")),
                List.of(job),
                Optional.of(MINUTE),
                known ? new JobMinute.Spool(OptionalLong.of(7), OptionalLong.of(900)) : JobMinute.Spool.UNKNOWN,
                known ? List.of(new DeviceSpool("studio-1", 7, 900, 1_000)) : List.of(),
                known ? Map.of("ag06.service-requests", 5458L) : Map.of(),
                known ? Map.of("ag06.service-requests", 1L) : Map.of(),
                0);
    }

    static PartHealth well(String name) {
        return new PartHealth(name, Optional.empty(), SINCE);
    }

    private static JobHealth job(PartHealth health, Duration waiting, Optional<JobMinute> minute) {
        Map<JobCounter, Long> totals = new EnumMap<>(JobCounter.class);
        long total = 1_000;
        for (JobCounter counter : JobCounter.values()) {
            totals.put(counter, total++);
        }
        return new JobHealth(
                health,
                Optional.of("RUNNING"),
                true,
                OptionalDouble.of(102),
                OptionalDouble.of(101.5),
                minute.isPresent() ? Map.of("ag06.service-requests", 12L) : Map.of(),
                Optional.of(Duration.ofMillis(1_400)),
                Optional.of(Duration.ofMillis(9)),
                OptionalLong.of(2_206),
                Optional.of(waiting),
                totals,
                minute);
    }

    private static JobMinute minute() {
        return new JobMinute(
                "event-archive",
                MINUTE,
                Optional.of("RUNNING"),
                JobMinute.Work.UNKNOWN,
                new JobMinute.Freshness(OptionalLong.of(1_293_000), OptionalLong.of(2_309_000)),
                JobMinute.Checkpoint.UNKNOWN,
                new JobMinute.Sink(
                        Optional.of(JobMinute.Sink.CLOSED),
                        OptionalLong.of(0),
                        OptionalLong.of(118),
                        OptionalLong.of(0),
                        OptionalLong.of(0),
                        OptionalLong.of(0)),
                JobMinute.Spool.UNKNOWN,
                List.of(new TopicMinute(
                        "ag06.service-requests", OptionalLong.of(12), OptionalLong.of(5458), OptionalLong.of(1))));
    }
}
