package io.ag06.bench.drain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run of the scenario came to.
 *
 * @param scenario its name
 * @param begun when, UTC
 * @param machine where
 * @param records in the topic
 * @param rounds that counted, after one that warmed up
 * @param byTheClock whether the jobs' last checkpoint was waited for; otherwise it was asked for when all was read
 * @param loadSeconds how long the topic took to load
 * @param results of each contender at each parallelism
 */
record DrainReport(
        String scenario,
        String begun,
        Machine machine,
        long records,
        int rounds,
        boolean byTheClock,
        double loadSeconds,
        List<Result> results) {

    /**
     * Where it ran.
     *
     * @param processors that the JVM sees
     * @param maxHeapMb largest heap of this process, MB
     */
    record Machine(String os, int processors, long maxHeapMb, String java) {
        static Machine here() {
            return new Machine(
                    System.getProperty("os.name") + " " + System.getProperty("os.version"),
                    Runtime.getRuntime().availableProcessors(),
                    Runtime.getRuntime().maxMemory() / 1_000_000,
                    System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        }
    }

    /**
     * A contender at one parallelism.
     *
     * @param bare the bare loop that it is held against, or null
     * @param recordsPerSecond from the first record read to the last row stored, or to the last record read
     * @param readPerSecond from the first record read to the last one
     * @param ratio its speed over that of the bare loop in the same round, or null
     * @param cpuSecondsPerMillion processor time of the process it runs in, for a million records (so the next two)
     * @param allocatedMbPerMillion MB allocated in that process, for a million records
     * @param peakRssMb the most memory of that process, MB
     * @param perRound every round's figures
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Result(
            String contender,
            int parallelism,
            String bare,
            Spread recordsPerSecond,
            Spread readPerSecond,
            Spread ratio,
            Spread cpuSecondsPerMillion,
            Spread brokerCpuSecondsPerMillion,
            Spread clickhouseCpuSecondsPerMillion,
            Spread allocatedMbPerMillion,
            Spread peakRssMb,
            List<Round> perRound) {

        /** @param bare the rounds of the bare loop, or null */
        static Result of(ContenderName name, int parallelism, List<Round> rounds, List<Round> bare) {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; bare != null && i < rounds.size(); i++) {
                ratios.add(rounds.get(i).recordsPerSecond() / bare.get(i).recordsPerSecond());
            }
            return new Result(
                    name.word(),
                    parallelism,
                    bare == null ? null : name.bare().orElseThrow().word(),
                    Spread.of(rounds, Round::recordsPerSecond),
                    Spread.of(rounds, round -> round.records() / round.secondsToLastRead()),
                    bare == null ? null : Spread.of(ratios, ratio -> ratio),
                    Spread.of(rounds, round -> round.usage().cpuSeconds() / millions(round)),
                    Spread.of(rounds, round -> round.usage().brokerCpuSeconds() / millions(round)),
                    Spread.of(rounds, round -> round.usage().clickHouseCpuSeconds() / millions(round)),
                    Spread.of(rounds, round -> round.usage().allocatedBytes() / 1e6 / millions(round)),
                    Spread.of(rounds, round -> round.usage().peakRssBytes() / 1e6),
                    rounds);
        }

        private static double millions(Round round) {
            return round.records() / 1e6;
        }
    }
}
