package io.ag06.analytics.scaling.forecast;

import io.ag06.analytics.scaling.memory.Memory;

/** Looks at the values as they come, for what a forecast should say about them. */
final class Watch {
    private static final int FEWEST_SAME = 10;

    private static final int VALUES = 0;
    private static final int GAPS = 1;
    private static final int GAPS_AT_END = 2;
    private static final int TEMPERED = 3;
    private static final int SHIFTS = 4;
    private static final int TEMPERED_IN_A_ROW = 5;
    private static final int SAME = 6;
    private static final int LONGEST_SAME_BEFORE = 7;
    private static final int LAST = 8;
    private static final int LEAST = 9;
    private static final int CHANGES = 10;
    private static final int MOST = 11;

    private final double[] seen;

    Watch(Memory memory) {
        this.seen = memory.numbers(12);
    }

    /** A value was measured. */
    void value(double value) {
        if (seen[VALUES] == 0) {
            seen[LEAST] = value;
            seen[MOST] = value;
        } else if (value == seen[LAST]) {
            seen[SAME]++;
        } else {
            seen[LONGEST_SAME_BEFORE] = Math.max(seen[LONGEST_SAME_BEFORE], seen[SAME]);
            seen[SAME] = 0;
            seen[CHANGES] += Math.abs(value - seen[LAST]);
        }
        seen[LEAST] = Math.min(seen[LEAST], value);
        seen[MOST] = Math.max(seen[MOST], value);
        seen[LAST] = value;
        seen[VALUES]++;
        seen[GAPS_AT_END] = 0;
    }

    /** A step had no value. */
    void gap() {
        seen[GAPS]++;
        seen[GAPS_AT_END]++;
    }

    /** The value was far off, above or below. */
    void farOff(double side) {
        double row = seen[TEMPERED_IN_A_ROW];
        seen[TEMPERED_IN_A_ROW] = row * side > 0 ? row + side : side;
    }

    /** How many values in a row were far off on the same side. */
    int farOffInARow() {
        return (int) Math.abs(seen[TEMPERED_IN_A_ROW]);
    }

    /** The value was not far off. */
    void near() {
        seen[TEMPERED_IN_A_ROW] = 0;
    }

    /** Only a part of the value was believed. */
    void tempered() {
        seen[TEMPERED]++;
    }

    /** A new level was believed. */
    void shifted() {
        seen[SHIFTS]++;
        seen[TEMPERED_IN_A_ROW] = 0;
    }

    /** Whether any value was measured. */
    boolean hasBegun() {
        return seen[VALUES] > 0;
    }

    /** Whether no value below zero has been seen. */
    boolean isNeverNegative() {
        return seen[LEAST] >= 0;
    }

    /** Mean change from one value to the next; 0 where there is one value at most. */
    double meanChange() {
        return seen[VALUES] > 1 ? seen[CHANGES] / (seen[VALUES] - 1) : 0;
    }

    /** How far the values that were measured are apart. */
    double range() {
        return seen[MOST] - seen[LEAST];
    }

    /** How many values were measured. */
    long values() {
        return (long) seen[VALUES];
    }

    Quality quality(ForecastSettings settings, boolean calibrated) {
        long steps = (long) (seen[VALUES] + seen[GAPS]);
        boolean dead = seen[CHANGES] > 0
                && seen[SAME] >= Math.max(FEWEST_SAME, settings.shortestSeason())
                && seen[SAME] > 2 * seen[LONGEST_SAME_BEFORE];
        return new Quality(
                (long) seen[VALUES],
                (long) seen[GAPS],
                (long) seen[GAPS_AT_END],
                (long) seen[TEMPERED],
                (long) seen[SHIFTS],
                dead ? (long) seen[SAME] : 0,
                settings.seasons().stream()
                        .filter(season -> steps < 2L * season)
                        .toList(),
                calibrated);
    }
}
