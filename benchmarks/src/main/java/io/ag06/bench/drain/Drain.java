package io.ag06.bench.drain;

import io.ag06.pipeline.job.EventArchiveJob;
import io.ag06.pipeline.job.GoldenSignalsJob;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The scenario: starts the parts, loads the topic once, lets every contender work through it in turn, round after
 * round. Taking turns spreads what else the machine does over all of them; a ratio is one of the same round.
 */
final class Drain {
    private final DrainSettings settings;
    private final Consumer<String> progress;

    /** @param progress is told what happens, in lines for a person */
    Drain(DrainSettings settings, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Runs all of it.
     *
     * @throws WrongCountException where any round did not come to what the topic holds
     */
    DrainReport run() throws Exception {
        Instant begun = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        int slots = Collections.max(settings.parallelisms());
        try (Parts parts = Parts.start(settings.directory(), slots, progress)) {
            progress.accept(String.format(Locale.ROOT, "Loading %,d service requests", settings.records()));
            LoadedTopic topic = LoadedTopic.load(
                    parts.broker().bootstrapServers(),
                    settings.records(),
                    begun.truncatedTo(ChronoUnit.HOURS),
                    sent -> progress.accept(String.format(Locale.ROOT, "  %,d", sent)));
            Map<ContenderName, Contender> contenders = contenders(topic, parts);
            List<DrainReport.Result> results = new ArrayList<>();
            for (int parallelism : settings.parallelisms()) {
                results.addAll(results(rounds(contenders, parallelism), parallelism));
            }
            return new DrainReport(
                    "drain",
                    begun.toString(),
                    DrainReport.Machine.here(),
                    settings.records(),
                    settings.rounds(),
                    settings.byTheClock(),
                    topic.seconds(),
                    results);
        }
    }

    private Map<ContenderName, Contender> contenders(LoadedTopic topic, Parts parts) {
        Map<ContenderName, Contender> contenders = new EnumMap<>(ContenderName.class);
        for (ContenderName name : settings.contenders()) {
            contenders.put(name, contender(name, topic, parts));
        }
        return contenders;
    }

    private Contender contender(ContenderName name, LoadedTopic topic, Parts parts) {
        return switch (name) {
            case POLL -> new PollLoop(topic, parts, false);
            case POLL_DECODE -> new PollLoop(topic, parts, true);
            case GOLDEN_SIGNALS ->
                new JobDrain(
                        new GoldenSignalsJob(),
                        topic,
                        parts,
                        new StoredSignals(parts.sql()),
                        settings.jobSettings(),
                        settings.byTheClock());
            case INSERT -> {
                progress.accept("Encoding the rows of the insert loop");
                yield new InsertLoop(topic, parts, RowBlocks.of(topic, parts.folder("rows")));
            }
            case EVENT_ARCHIVE ->
                new JobDrain(
                        new EventArchiveJob(),
                        topic,
                        parts,
                        new StoredRequests(parts.sql()),
                        settings.jobSettings(),
                        settings.byTheClock());
        };
    }

    /** The rounds that count, of each contender. */
    private Map<ContenderName, List<Round>> rounds(Map<ContenderName, Contender> contenders, int parallelism)
            throws Exception {
        Map<ContenderName, List<Round>> rounds = new EnumMap<>(ContenderName.class);
        for (int number = 0; number <= settings.rounds(); number++) {
            for (Map.Entry<ContenderName, Contender> contender : contenders.entrySet()) {
                Round round = contender.getValue().run(parallelism);
                boolean warm = number == 0;
                if (!warm) {
                    rounds.computeIfAbsent(contender.getKey(), name -> new ArrayList<>())
                            .add(round);
                }
                progress.accept(String.format(
                        Locale.ROOT,
                        "%-14s parallelism %d, %s: %,.0f records/s (%.2f s, read after %.2f s)",
                        contender.getKey(),
                        parallelism,
                        warm ? "warm round" : "round " + number,
                        round.recordsPerSecond(),
                        round.seconds(),
                        round.secondsToLastRead()));
            }
        }
        return rounds;
    }

    private static List<DrainReport.Result> results(Map<ContenderName, List<Round>> rounds, int parallelism) {
        List<DrainReport.Result> results = new ArrayList<>();
        rounds.forEach((name, own) -> results.add(DrainReport.Result.of(
                name, parallelism, own, name.bare().map(rounds::get).orElse(null))));
        return results;
    }
}
