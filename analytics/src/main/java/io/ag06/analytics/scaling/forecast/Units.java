package io.ag06.analytics.scaling.forecast;

import io.ag06.analytics.scaling.memory.Memory;

/**
 * The units that a series is reckoned in: its own, but where they make numbers so large or small that their squares and
 * sums would not be finite, or nothing, a power of two of them, which changes no digit. That is chosen once, by the
 * first value that is not 0. Values that are 10^69 times as large as it or more are taken for that, and those that are
 * a 10^75th of it or less for 0.
 */
final class Units {
    private static final int ORDINARY_EXPONENT = 200;
    private static final double LARGEST = 0x1p230;
    /**
     * The largest of all numbers but for a few thousandths of a per cent, so that it may be rounded where it is shown.
     */
    private static final double MOST = 1.7976e308;

    private static final double SMALLEST = 0x1p-250;

    private final double[] chosen;

    Units(Memory memory) {
        // Whether there are any, and the exponent of two that values are multiplied by.
        this.chosen = memory.numbers(2);
    }

    /** A value of the series in these units. */
    double in(double value) {
        if (chosen[0] == 0 && value != 0) {
            int exponent = Math.getExponent(value);
            chosen[0] = 1;
            chosen[1] = Math.abs(exponent) > ORDINARY_EXPONENT ? -exponent : 0;
        }
        double scaled = chosen[1] == 0 ? value : Math.scalb(value, (int) chosen[1]);
        return Math.abs(scaled) < SMALLEST ? 0 : Math.max(-LARGEST, Math.min(LARGEST, scaled));
    }

    /** A number in these units in the series' own. */
    double out(double scaled) {
        double value = chosen[1] == 0 ? scaled : Math.scalb(scaled, -(int) chosen[1]);
        return Math.max(-MOST, Math.min(MOST, value));
    }
}
