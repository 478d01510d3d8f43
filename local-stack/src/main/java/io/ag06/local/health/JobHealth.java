package io.ag06.local.health;

import static java.util.Objects.requireNonNull;

import io.ag06.analytics.health.JobMinute;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * One job as it was at the last reading. What was not known then is empty.
 *
 * @param health whether it runs and its blocks flow
 * @param state Flink's word, or {@code ABSENT}
 * @param allTasksRun whether Flink runs it with all of its tasks
 * @param recordsInPerSecond taken from Kafka, over the last minute
 * @param recordsOutPerSecond rows stored, over the last minute
 * @param lagRecords records it has yet to take in, by topic
 * @param checkpointAge since its last completed checkpoint
 * @param checkpointDuration how long that took
 * @param checkpointBytes size of its state
 * @param waiting how long its sink has been waiting for ClickHouse, zero while blocks flow
 * @param totals what it has counted since the monitor started
 * @param lastMinute the last minute that was closed
 */
record JobHealth(
        PartHealth health,
        Optional<String> state,
        boolean allTasksRun,
        OptionalDouble recordsInPerSecond,
        OptionalDouble recordsOutPerSecond,
        Map<String, Long> lagRecords,
        Optional<Duration> checkpointAge,
        Optional<Duration> checkpointDuration,
        OptionalLong checkpointBytes,
        Optional<Duration> waiting,
        Map<JobCounter, Long> totals,
        Optional<JobMinute> lastMinute) {
    JobHealth {
        requireNonNull(health, "health");
        requireNonNull(state, "state");
        requireNonNull(recordsInPerSecond, "recordsInPerSecond");
        requireNonNull(recordsOutPerSecond, "recordsOutPerSecond");
        lagRecords = new TreeMap<>(lagRecords);
        requireNonNull(checkpointAge, "checkpointAge");
        requireNonNull(checkpointDuration, "checkpointDuration");
        requireNonNull(checkpointBytes, "checkpointBytes");
        requireNonNull(waiting, "waiting");
        totals = Map.copyOf(totals);
        requireNonNull(lastMinute, "lastMinute");
    }

    String job() {
        return health.name();
    }
}
