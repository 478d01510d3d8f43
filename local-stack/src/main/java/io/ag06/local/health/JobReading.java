package io.ag06.local.health;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What Flink said of one job at one moment.
 *
 * @param job the job's name
 * @param run Flink's id of its newest run; empty where it has none
 * @param state Flink's word, or {@link #ABSENT}
 * @param allTasksRun whether each of its tasks runs: a job may be called running while they still start
 * @param counters what it has counted; empty where Flink does not show it, as for some seconds after a start
 * @param waiting how long its sink has been waiting for ClickHouse, zero while blocks flow; empty where not shown
 * @param checkpoint the last completed checkpoint of that run
 */
record JobReading(
        String job,
        Optional<String> run,
        String state,
        boolean allTasksRun,
        Map<JobCounter, Long> counters,
        Optional<Duration> waiting,
        Optional<CompletedCheckpoint> checkpoint) {
    /** In place of Flink's word: no job of that name is known to it. */
    static final String ABSENT = "ABSENT";

    private static final String RUNNING = "RUNNING";

    JobReading {
        requireNonNull(job, "job");
        requireNonNull(run, "run");
        requireNonNull(state, "state");
        counters = Map.copyOf(counters);
        requireNonNull(waiting, "waiting");
        requireNonNull(checkpoint, "checkpoint");
    }

    static JobReading absent(String job) {
        return new JobReading(job, Optional.empty(), ABSENT, false, Map.of(), Optional.empty(), Optional.empty());
    }

    boolean isRunning() {
        return state.equals(RUNNING);
    }

    /**
     * A completed checkpoint.
     *
     * @param at when it was completed
     * @param took how long it took
     * @param bytes size of its state
     */
    record CompletedCheckpoint(Instant at, Duration took, long bytes) {}
}
