package io.ag06.local.cli;

import me.tongfei.progressbar.ProgressBarBuilder;

/** A bar on standard error for work of a known number of steps. */
final class StepBar {
    private static final int WIDTH = 100;

    private StepBar() {}

    /**
     * A bar.
     *
     * @param task what is done
     * @param unit of a step, with a space before it
     */
    static TerminalBar of(String task, long steps, String unit) {
        return new TerminalBar(
                new ProgressBarBuilder().setTaskName(task).setInitialMax(steps).setUnit(unit, 1), WIDTH);
    }
}
