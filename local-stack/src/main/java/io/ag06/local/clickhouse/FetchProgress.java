package io.ag06.local.clickhouse;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress in MiB on standard error. */
final class FetchProgress implements AutoCloseable {
    private static final long MIB = 1 << 20;
    private static final int COLUMNS = 80;
    private static final int UPDATE_MILLIS = 250;

    private final ProgressBar bar;
    private final long bytes;

    private FetchProgress(ProgressBar bar, long bytes) {
        this.bar = bar;
        this.bytes = bytes;
    }

    static FetchProgress of(String task, long bytes) {
        PrintStream stderr = System.err;
        var bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(bytes)
                .setUnit(" MiB", MIB)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setMaxRenderedLength(COLUMNS)
                .setConsumer(new ConsoleProgressBarConsumer(stderr, COLUMNS))
                .build();
        return new FetchProgress(bar, bytes);
    }

    void stepTo(long done) {
        bar.stepTo(Math.min(done, bytes));
    }

    @Override
    public void close() {
        bar.close();
    }
}
