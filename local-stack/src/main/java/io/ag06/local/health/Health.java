package io.ag06.local.health;

import io.ag06.analytics.health.JobMinute.Spool;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The pipeline as it was at the last reading.
 *
 * @param readAt when that was
 * @param parts Kafka, Flink, ClickHouse, and the monitor itself
 * @param jobs each job
 * @param lastMinute start of the last minute that was closed
 * @param spool what waited in the agents' spools when it ended
 * @param spools the fullest of them
 * @param stored rows that have appeared since the monitor started, by topic
 * @param repeats those of them whose identity had come before, by topic
 * @param unpublished minutes that wait to be published
 */
record Health(
        Instant readAt,
        List<PartHealth> parts,
        List<JobHealth> jobs,
        Optional<Instant> lastMinute,
        Spool spool,
        List<DeviceSpool> spools,
        Map<String, Long> stored,
        Map<String, Long> repeats,
        long unpublished) {
    /** A reading is made every few seconds; where none was for so long, the monitor itself hangs. */
    private static final Duration STALE = Duration.ofSeconds(60);

    Health {
        parts = List.copyOf(parts);
        jobs = List.copyOf(jobs);
        spools = List.copyOf(spools);
        stored = new TreeMap<>(stored);
        repeats = new TreeMap<>(repeats);
    }

    /** Whether every part answers, every job runs and none waits. */
    boolean isWell(Instant now) {
        return !isStale(now) && all().allMatch(PartHealth::isWell);
    }

    /** Whether the reading is too old to say anything of the present. */
    boolean isStale(Instant now) {
        return readAt.isBefore(now.minus(STALE));
    }

    /** Parts, then jobs. */
    Stream<PartHealth> all() {
        return Stream.concat(parts.stream(), jobs.stream().map(JobHealth::health));
    }
}
