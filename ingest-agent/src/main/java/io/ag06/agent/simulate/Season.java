package io.ag06.agent.simulate;

import java.time.Instant;
import java.time.ZoneOffset;

/**
 * How traffic follows the clock, as a factor on its mean: a day with its peak in the evening (musicians play after
 * work) and its low before dawn, and a week that ends stronger than it begins. The mean of a whole week is 1.
 */
final class Season {
    /** Largest value that {@link #factor} can have. */
    static final double MAX = 2.0;

    private static final double DAILY_SWING = 0.6;
    private static final double PEAK_HOUR = 19.5;

    /** Monday to Sunday; their mean is 1. */
    private static final double[] WEEK = {0.90, 0.92, 0.94, 0.96, 1.04, 1.14, 1.10};

    private Season() {}

    /** The factor at this moment, UTC. */
    static double factor(Instant time) {
        var utc = time.atOffset(ZoneOffset.UTC);
        double hour = utc.toLocalTime().toNanoOfDay() / 3.6e12;
        double day = 1 + DAILY_SWING * StrictMath.cos(2 * Math.PI * (hour - PEAK_HOUR) / 24);
        return day * WEEK[utc.getDayOfWeek().getValue() - 1];
    }
}
