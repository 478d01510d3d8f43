package io.ag06.local.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A progress bar on standard error. When it is closed its line has ended, and nothing is drawn any more: of a bar whose
 * work was done before it was drawn first the library leaves the line open, and another thread may draw as it closes.
 */
final class TerminalBar implements AutoCloseable {
    private final Line line;
    private final ProgressBar bar;

    /**
     * A bar.
     *
     * @param builder all of it but style and place
     * @param width characters, at most
     */
    TerminalBar(ProgressBarBuilder builder, int width) {
        line = new Line(width);
        bar = builder.setStyle(ProgressBarStyle.ASCII).setConsumer(line).build();
    }

    void step() {
        bar.step();
    }

    void stepTo(long done) {
        bar.stepTo(done);
    }

    /** Shows a text behind the bar. */
    void tell(String text) {
        bar.setExtraMessage(text);
    }

    @Override
    public void close() {
        bar.close();
        line.close();
    }

    private static final class Line extends ConsoleProgressBarConsumer {
        private boolean ended;

        Line(int width) {
            super(System.err, width);
        }

        @Override
        public synchronized void accept(String drawn) {
            if (!ended) {
                super.accept(drawn);
            }
        }

        @Override
        public synchronized void close() {
            if (!ended) {
                ended = true;
                super.close();
            }
        }
    }
}
