package io.ag06.local.chaos;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What became of the events while things happened to the pipeline. A number is null where it could not be found out.
 *
 * @param seed of the plan and of the requests
 * @param cycles how many there were
 * @param faults how often each kind of fault happened
 * @param notRun kinds that can't be had on this system
 * @param events numbered requests in Kafka
 * @param lost of these, how many have no row in {@code service_requests}
 * @param duplicated rows there that are one too many
 * @param differingRows rows of the view {@code golden_signals} that an undisturbed run over the same events has not, or
 *     has otherwise
 * @param deadLetters rows in {@code dead_letters}
 * @param deadLettersExpected as many as there were records that no job can take in
 * @param verifyClean whether {@code verify} found nothing missing and nothing doubled, over all topics and tables
 * @param verify what it said
 * @param recoverySeconds by kind: from the end of a fault until everything that was in Kafka by then could be read in
 *     the raw table and in the sums
 * @param longestCycleSeconds from the end of one recovery to that of the next, at most
 * @param slowCycles those that took longer than {@link #LONGEST_CYCLE}
 * @param unrecovered what did not come back, and after which fault; no further cycle was begun then
 * @param notJudged what could not be found out, and why
 * @param seconds how long all of it took
 */
public record ChaosReport(
        long seed,
        int cycles,
        Map<String, Integer> faults,
        List<String> notRun,
        long events,
        Long lost,
        Long duplicated,
        Long differingRows,
        Long deadLetters,
        long deadLettersExpected,
        Boolean verifyClean,
        String verify,
        Map<String, Recovery> recoverySeconds,
        double longestCycleSeconds,
        List<SlowCycle> slowCycles,
        List<String> unrecovered,
        List<String> notJudged,
        long seconds) {
    /** A cycle that takes longer makes the verdict unclean, however well it ends. */
    public static final Duration LONGEST_CYCLE = Duration.ofSeconds(60);

    private static final Long NONE = 0L;

    /** Whether every event is there, once and soon, and every number as if nothing had happened. */
    @JsonIgnore
    public boolean isClean() {
        return NONE.equals(lost)
                && NONE.equals(duplicated)
                && NONE.equals(differingRows)
                && Long.valueOf(deadLettersExpected).equals(deadLetters)
                && Boolean.TRUE.equals(verifyClean)
                && slowCycles.isEmpty()
                && unrecovered.isEmpty()
                && notJudged.isEmpty();
    }

    /**
     * How long recoveries took.
     *
     * @param p50 the median, seconds
     * @param max the longest, seconds
     */
    public record Recovery(double p50, double max) {
        /** @param seconds of each recovery, in ascending order */
        static Recovery of(List<Double> seconds) {
            return new Recovery(seconds.get((seconds.size() - 1) / 2), seconds.get(seconds.size() - 1));
        }
    }

    /**
     * A cycle that took too long.
     *
     * @param cycle from 1
     * @param fault its kind, and what exactly
     * @param seconds from the end of the recovery before it to that of its own, or until that was given up
     */
    public record SlowCycle(int cycle, String fault, double seconds) {}
}
