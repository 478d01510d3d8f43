package io.ag06.local.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;

/**
 * A bar on standard error that draws nothing once it has ended its line. The library may draw in another thread while
 * the bar is closed, and would do so into what is printed next.
 */
final class BarOnErrors extends ConsoleProgressBarConsumer {
    private boolean closed;

    /** @param width characters, at most */
    BarOnErrors(int width) {
        super(System.err, width);
    }

    @Override
    public synchronized void accept(String rendered) {
        if (!closed) {
            super.accept(rendered);
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            super.close();
        }
    }
}
