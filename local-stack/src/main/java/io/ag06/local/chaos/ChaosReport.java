package io.ag06.local.chaos;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;

/**
 * What became of the events while things happened to the pipeline.
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
 * @param seconds how long all of it took
 */
public record ChaosReport(
        long seed,
        int cycles,
        Map<String, Integer> faults,
        List<String> notRun,
        long events,
        long lost,
        long duplicated,
        long differingRows,
        long deadLetters,
        long deadLettersExpected,
        boolean verifyClean,
        String verify,
        Map<String, Recovery> recoverySeconds,
        double longestCycleSeconds,
        long seconds) {
    /** Whether every event is there, once, and every number as if nothing had happened. */
    @JsonIgnore
    public boolean isClean() {
        return lost == 0 && duplicated == 0 && differingRows == 0 && deadLetters == deadLettersExpected && verifyClean;
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
}
