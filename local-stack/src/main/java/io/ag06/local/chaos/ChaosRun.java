package io.ag06.local.chaos;

import io.ag06.local.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets requests flow through a pipeline to which one fault after the other happens, and judges by the data. */
public final class ChaosRun {
    private static final Logger LOG = LoggerFactory.getLogger(ChaosRun.class);

    /** A cycle longer than this did not recover, and the run ends. */
    private static final Duration LONGEST_RECOVERY = Duration.ofMinutes(3);

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final ChaosSettings settings;
    private final ChaosProgress progress;
    private final FaultPlan plan;
    private final Map<String, List<Double>> recoveries = new TreeMap<>();
    private final List<String> notRun = new ArrayList<>();
    private Duration longestCycle = Duration.ZERO;
    private int poisoned;

    public ChaosRun(ChaosSettings settings, ChaosProgress progress) {
        this.settings = settings;
        this.progress = progress;
        this.plan = new FaultPlan(settings.seed());
    }

    /** Runs every cycle, and judges. */
    public ChaosReport run() throws Exception {
        long begun = System.nanoTime();
        Path data = dataDirectory();
        try (Pipeline pipeline = Pipeline.start(data, settings, progress::starting)) {
            awaitStored(pipeline, 1);
            Faults faults = new Faults(pipeline, plan.random());
            for (int cycle = 0; cycle < settings.cycles(); cycle++) {
                cycle(pipeline, faults, cycle);
            }
            pipeline.producer().close();
            long events = published(pipeline);
            progress.judging("the last rows");
            awaitStored(pipeline, events);
            Verdict verdict = Verdict.of(pipeline, events, data.resolve("undisturbed"), progress);
            return report(verdict, events, Duration.ofNanos(System.nanoTime() - begun));
        } finally {
            if (!settings.keep()) {
                delete(data);
            }
        }
    }

    private void cycle(Pipeline pipeline, Faults faults, int cycle) throws Exception {
        long begun = System.nanoTime();
        FaultKind kind = plan.kindOf(cycle);
        pause(plan.calm());
        Optional<Fault> fault = faults.of(kind, plan.linkOf(cycle));
        if (fault.isEmpty()) {
            progress.notRun(cycle + 1, settings.cycles(), kind.word());
            if (!notRun.contains(kind.word())) {
                notRun.add(kind.word());
            }
            return;
        }
        String words = "%s, %s".formatted(kind.word(), fault.get().words());
        progress.striking(cycle + 1, settings.cycles(), words);
        LOG.info("Cycle {}: {}", cycle + 1, words);
        fault.get().strike();
        pause(plan.length());
        long mended = System.nanoTime();
        fault.get().mend();
        poisoned += kind == FaultKind.POISON_RECORD ? Poison.RECORDS : 0;
        long events = published(pipeline);
        awaitStored(pipeline, events);
        Duration recovery = Duration.ofNanos(System.nanoTime() - mended);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        longestCycle = took.compareTo(longestCycle) > 0 ? took : longestCycle;
        LOG.info("Cycle {}: recovered after {}, {} events", cycle + 1, recovery, events);
        recoveries.computeIfAbsent(kind.word(), none -> new ArrayList<>()).add(recovery.toMillis() / 1000.0);
        progress.recovered(recovery, events);
    }

    /** How many requests are in Kafka; waits for Kafka. */
    private static long published(Pipeline pipeline) throws InterruptedException {
        long end = System.nanoTime() + LONGEST_RECOVERY.toNanos();
        while (true) {
            try {
                return pipeline.published();
            } catch (KafkaException e) {
                if (System.nanoTime() > end) {
                    throw new StackException("Kafka did not come back within " + LONGEST_RECOVERY, e);
                }
                pause(LOOK_EVERY);
            }
        }
    }

    /** Returns when so many requests can be read in the raw table and in the sums. */
    private static void awaitStored(Pipeline pipeline, long events) throws InterruptedException {
        long end = System.nanoTime() + LONGEST_RECOVERY.toNanos();
        while (stored(pipeline) < events) {
            if (System.nanoTime() > end) {
                throw new StackException(
                        "Of %d events %d can be read %s after the last fault; see the logs (--data DIR --keep keeps them)"
                                .formatted(events, stored(pipeline), LONGEST_RECOVERY));
            }
            pause(LOOK_EVERY);
        }
    }

    private static long stored(Pipeline pipeline) {
        try {
            return pipeline.sql()
                    .number("SELECT least((SELECT count() FROM service_requests),"
                            + " (SELECT sum(events) FROM golden_signals_partials))");
        } catch (StackException e) {
            LOG.debug("ClickHouse is away", e);
            return -1;
        }
    }

    private ChaosReport report(Verdict verdict, long events, Duration took) {
        Map<String, Integer> faults = recoveries.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, kind -> kind.getValue().size(), Integer::sum, TreeMap::new));
        Map<String, ChaosReport.Recovery> recovery = recoveries.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        kind -> ChaosReport.Recovery.of(
                                kind.getValue().stream().sorted().toList()),
                        (one, other) -> one,
                        TreeMap::new));
        return new ChaosReport(
                settings.seed(),
                settings.cycles(),
                faults,
                List.copyOf(notRun),
                events,
                verdict.lost(),
                verdict.duplicated(),
                verdict.differingRows(),
                verdict.deadLetters(),
                poisoned,
                verdict.reconciliation().clean(),
                verdict.reconciliation().verdict(),
                recovery,
                longestCycle.toMillis() / 1000.0,
                took.toSeconds());
    }

    private Path dataDirectory() throws IOException {
        if (settings.dataDirectory().isEmpty()) {
            return Files.createTempDirectory("ag06-chaos");
        }
        Path data = settings.dataDirectory().get();
        Files.createDirectories(data);
        try (Stream<Path> inside = Files.list(data)) {
            if (inside.anyMatch(file -> !file.getFileName().toString().equals("logs"))) {
                throw new StackException("%s is not empty; name a folder for this run alone".formatted(data));
            }
        }
        return data;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void pause(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }
}
