package io.ag06.analytics.scaling.forecast;

import io.ag06.analytics.scaling.memory.Memory;

/**
 * One way to forecast a series: a member of the {@link League}. It is shown each value once, in order, and keeps what
 * it needs in the forecaster's {@link Memory}: constant work for a value, or work that grows with the season.
 */
interface Method {
    /** A short name, its own within a league. */
    String name();

    /** Takes in the next value of the series. The history that it was made with does not hold that value yet. */
    void observe(double value);

    /** Whether it has seen enough to say something. */
    boolean isReady();

    /**
     * Forecasts from where the series is now. It is asked only when it is ready.
     *
     * @param into filled with the values of 1, 2, … steps ahead
     */
    void forecast(double[] into);
}
