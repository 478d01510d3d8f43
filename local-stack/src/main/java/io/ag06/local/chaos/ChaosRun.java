package io.ag06.local.chaos;

import io.ag06.local.StackException;
import io.ag06.local.reconcile.ReconciliationReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets requests flow through a pipeline to which one fault after the other happens, and judges by the data. */
public final class ChaosRun {
    private static final Logger LOG = LoggerFactory.getLogger(ChaosRun.class);

    private final ChaosSettings settings;
    private final ChaosProgress progress;
    private final FaultPlan plan;
    private final Patience patience = new Patience(Patience.Time.real());

    public ChaosRun(ChaosSettings settings, ChaosProgress progress) {
        this.settings = settings;
        this.progress = progress;
        this.plan = new FaultPlan(settings.seed());
    }

    /**
     * Runs every cycle, and judges. The data is deleted after a clean verdict, unless it shall be kept, and never else.
     *
     * @throws StackException where no pipeline comes to life that faults could happen to
     */
    public ChaosReport run() throws Exception {
        long begun = patience.time().nanos();
        LeftDisk.takeAway(progress);
        ChaosFolder folder = ChaosFolder.of(settings.dataDirectory());
        boolean kept = true;
        try (Pipeline pipeline = Pipeline.start(folder.directory(), settings, progress::starting)) {
            ChaosReport report = run(pipeline, folder.directory(), begun);
            kept = settings.keep() || !report.isClean();
            if (!kept) {
                pipeline.discardDisks();
            }
            return report;
        } finally {
            leave(folder, kept);
        }
    }

    private ChaosReport run(Pipeline pipeline, Path data, long begun) throws InterruptedException {
        Subject subject = pipeline.subject(plan.random());
        Optional<String> dead = patience.awaitStored(subject, 1);
        if (dead.isPresent()) {
            throw new StackException("The pipeline does not work before anything has happened to it: " + dead.get());
        }
        Cycles cycles = new Cycles(plan, subject, patience, progress);
        cycles.run(settings.cycles());
        pipeline.producer().close();

        List<String> unrecovered = new ArrayList<>(cycles.unrecovered());
        long events = 0;
        try {
            events = patience.published(subject);
            progress.judging("the last rows");
            patience.awaitStored(subject, events)
                    .filter(stuck -> cycles.unrecovered().isEmpty())
                    .ifPresent(stuck -> unrecovered.add("after the last cycle: " + stuck));
        } catch (StackException e) {
            unrecovered.add("how many events there are is not known: " + Unanswered.reason(e));
        }
        Verdict verdict = Verdict.of(new PipelineEvidence(pipeline, data.resolve("undisturbed")), events, progress);
        return report(
                cycles, unrecovered, verdict, events, patience.since(begun).toSeconds());
    }

    private ChaosReport report(Cycles cycles, List<String> unrecovered, Verdict verdict, long events, long seconds) {
        Map<String, ChaosReport.Recovery> recovery = cycles.recoveries().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        kind -> ChaosReport.Recovery.of(
                                kind.getValue().stream().sorted().toList()),
                        (one, other) -> one,
                        TreeMap::new));
        return new ChaosReport(
                settings.seed(),
                cycles.done(),
                cycles.faults(),
                List.copyOf(cycles.notRun()),
                events,
                verdict.numbered().map(rows -> events - rows.different()).orElse(null),
                verdict.numbered().map(rows -> rows.rows() - rows.different()).orElse(null),
                verdict.differingRows().orElse(null),
                verdict.deadLetters().orElse(null),
                cycles.poisoned(),
                verdict.reconciliation().map(ReconciliationReport::clean).orElse(null),
                verdict.reconciliation().map(ReconciliationReport::verdict).orElse(null),
                recovery,
                cycles.longest().toMillis() / 1000.0,
                List.copyOf(cycles.slow()),
                List.copyOf(unrecovered),
                verdict.notJudged(),
                seconds);
    }

    private void leave(ChaosFolder folder, boolean kept) {
        if (kept) {
            progress.kept(folder.directory());
            return;
        }
        try {
            folder.delete();
        } catch (IOException e) {
            LOG.warn("{} can't be deleted", folder.directory(), e);
            progress.kept(folder.directory());
        }
    }
}
