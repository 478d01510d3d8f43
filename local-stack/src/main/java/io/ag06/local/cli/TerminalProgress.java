package io.ag06.local.cli;

import io.ag06.local.DemoProgress;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A demo's progress on standard error: a line for each part that starts, a bar while events are made. */
final class TerminalProgress implements DemoProgress {
    private static final int WIDTH = 100;

    private ProgressBar bar;

    @Override
    public void starting(String part) {
        System.err.println("Starting " + part);
    }

    @Override
    public void running(Duration elapsed, Duration length, long frames, long requests) {
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName("Measuring")
                    .setInitialMax(length.toSeconds())
                    .setUnit(" s", 1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setConsumer(new BarOnErrors(WIDTH))
                    .hideEta()
                    .build();
        }
        bar.stepTo(Math.min(elapsed.toSeconds(), length.toSeconds()));
        bar.setExtraMessage(String.format(Locale.ROOT, " %,d frames, %,d requests", frames, requests));
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
