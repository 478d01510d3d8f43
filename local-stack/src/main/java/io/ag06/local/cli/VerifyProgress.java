package io.ag06.local.cli;

import io.ag06.local.reconcile.ReconciliationProgress;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A verification's progress on standard error: a bar over the offsets, and a line when it waits. */
final class VerifyProgress implements ReconciliationProgress, AutoCloseable {
    private static final int WIDTH = 80;

    private TerminalBar bar;
    private boolean waiting;

    @Override
    public void comparing(long offsets, long all) {
        if (bar == null) {
            bar = new TerminalBar(
                    new ProgressBarBuilder().setTaskName("Comparing").setInitialMax(all), WIDTH);
        }
        bar.stepTo(offsets);
    }

    @Override
    public void waiting(long records, Duration longest) {
        close();
        if (!waiting) {
            System.err.printf(
                    "%,d records look missing or doubled; waiting up to %d s for rows on their way%n",
                    records, longest.toSeconds());
            waiting = true;
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
