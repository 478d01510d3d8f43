package io.ag06.bench.drain;

import java.nio.file.Path;
import java.util.List;

/**
 * How much of the scenario is run.
 *
 * @param records in the topic
 * @param rounds that count, after one that warms up
 * @param parallelisms threads or tasks that share the work, each in turn
 * @param contenders which of them run
 * @param jobSettings of the jobs, each {@code key=value}, where they shall differ from the defaults
 * @param byTheClock whether the jobs' last checkpoint is waited for instead of asked for
 * @param directory where everything lies
 */
record DrainSettings(
        long records,
        int rounds,
        List<Integer> parallelisms,
        List<ContenderName> contenders,
        List<String> jobSettings,
        boolean byTheClock,
        Path directory) {
    DrainSettings {
        parallelisms = List.copyOf(parallelisms);
        contenders = List.copyOf(contenders);
        jobSettings = List.copyOf(jobSettings);
    }
}
