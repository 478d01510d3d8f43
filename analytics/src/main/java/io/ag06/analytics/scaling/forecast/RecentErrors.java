package io.ag06.analytics.scaling.forecast;

import io.ag06.analytics.scaling.memory.Memory;

/**
 * How large the errors of a band of horizons have been within the last shortest season, in units of what was expected
 * of them: those of near horizons may grow while those of far ones shrink.
 *
 * <p>The errors of windows that overlap say much the same. Where the season is n windows as long as the band's furthest
 * horizon, what was seen therefore counts as n - 1 of n - 1 + 10: it is raised to that power, which is the weighted
 * mean of its logarithm and that of 1.
 */
final class RecentErrors {
    private static final double BELIEVED_WINDOWS = 10;

    private final double[] sums;
    private final double[] counts;
    private final double[] discounts;
    private final double[] powers;

    /**
     * No errors yet.
     *
     * @param stride steps from one time that forecasts are made to the next
     */
    RecentErrors(Memory memory, Horizons horizons, int season, int stride) {
        int bands = horizons.bands();
        this.sums = memory.numbers(bands);
        this.counts = memory.numbers(bands);
        this.discounts = new double[bands];
        this.powers = new double[bands];
        for (int band = 0; band < bands; band++) {
            double errorsPerStep = (double) horizons.scoredIn(band) / stride;
            discounts[band] = Math.exp(-1 / (season * errorsPerStep));
            double windows = Math.max(0, (double) season / horizons.lastOf(band) - 1);
            powers[band] = windows / (windows + BELIEVED_WINDOWS);
        }
    }

    /**
     * Takes in an error.
     *
     * @param expected what was expected of it, 0 or more; where that says nothing of its size it is left out
     * @return what is expected times the size of late, before it, or half of that with it where that is more
     */
    double book(int band, double error, double expected) {
        double before = scale(band);
        double size = Math.abs(error) / expected;
        if (Double.isFinite(size)) {
            sums[band] = discounts[band] * sums[band] + size;
            counts[band] = discounts[band] * counts[band] + 1;
        }
        return expected * Math.max(before, Intervals.OWN_SHARE * scale(band));
    }

    /** How many times what was expected of them the errors are; 1 where nothing is known. */
    double scale(int band) {
        return sums[band] > 0 ? Math.pow(sums[band] / counts[band], powers[band]) : 1;
    }
}
