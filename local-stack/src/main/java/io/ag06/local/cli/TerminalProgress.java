package io.ag06.local.cli;

import io.ag06.local.DemoProgress;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A demo's progress on standard error: a line for each part that starts, a bar while events are made. */
final class TerminalProgress implements DemoProgress {
    private static final int WIDTH = 100;

    private TerminalBar bar;

    @Override
    public void starting(String part) {
        System.err.println("Starting " + part);
    }

    @Override
    public void running(Duration elapsed, Duration length, long frames, long requests) {
        if (bar == null) {
            bar = new TerminalBar(
                    new ProgressBarBuilder()
                            .setTaskName("Measuring")
                            .setInitialMax(length.toSeconds())
                            .setUnit(" s", 1)
                            .hideEta(),
                    WIDTH);
        }
        bar.stepTo(Math.min(elapsed.toSeconds(), length.toSeconds()));
        bar.tell(String.format(Locale.ROOT, " %,d frames, %,d requests", frames, requests));
    }

    @Override
    public void finishing() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
        System.err.println("Waiting for the last rows");
    }
}
