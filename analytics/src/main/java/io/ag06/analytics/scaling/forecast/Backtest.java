package io.ag06.analytics.scaling.forecast;

import io.ag06.analytics.scaling.memory.Memory;
import java.util.Arrays;
import java.util.List;

/**
 * The rolling back-test inside a series: every few steps all methods forecast, and their forecasts wait until what they
 * speak of has come.
 */
final class Backtest {
    private final Horizons horizons;
    private final int rows;
    private final int stride;
    private final int slots;
    private final double[] waiting;
    private final double[] origins;

    /**
     * Nothing waits yet.
     *
     * @param rows how many forecasts are kept for a step ahead
     */
    Backtest(Memory memory, Horizons horizons, int rows) {
        this.horizons = horizons;
        this.rows = rows;
        this.stride = Math.max(1, horizons.furthest() / 12);
        this.slots = (horizons.furthest() + stride - 1) / stride + 1;
        this.waiting = memory.numbers(slots * rows * horizons.scoredCount());
        this.origins = memory.numbers(slots);
        Arrays.fill(origins, Double.NaN);
    }

    /** Steps from one time that forecasts are made to the next. */
    int stride() {
        return stride;
    }

    /** Whether forecasts are due after a value. */
    boolean isDue(long step) {
        return step % stride == 0;
    }

    /** What is told of each forecast whose step has come. */
    interface Due {
        /**
         * A forecast is due.
         *
         * @param horizon how many steps ahead it was
         * @param forecasts of each row; NaN where there was none
         */
        void take(int horizon, double[] forecasts);
    }

    /** Tells of all forecasts for a step. */
    void due(long step, Due due) {
        double[] forecasts = new double[rows];
        for (int slot = 0; slot < slots; slot++) {
            double horizon = step - origins[slot];
            int index = horizon <= horizons.furthest() ? horizons.indexOf((int) horizon) : -1;
            if (index >= 0) {
                for (int row = 0; row < rows; row++) {
                    forecasts[row] = waiting[(slot * rows + row) * horizons.scoredCount() + index];
                }
                due.take((int) horizon, forecasts);
            }
        }
    }

    /** Keeps forecasts that were made after a value. */
    void keep(long step, List<double[]> forecasts) {
        int slot = (int) (step / stride % slots);
        origins[slot] = step;
        for (int row = 0; row < rows; row++) {
            int at = (slot * rows + row) * horizons.scoredCount();
            for (int index = 0; index < horizons.scoredCount(); index++) {
                waiting[at + index] = forecasts.get(row)[horizons.scored(index) - 1];
            }
        }
    }
}
