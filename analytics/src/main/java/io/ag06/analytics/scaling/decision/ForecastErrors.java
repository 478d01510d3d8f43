package io.ag06.analytics.scaling.decision;

import io.ag06.analytics.scaling.memory.Memory;

/**
 * By how much the largest load of the next minutes has been above its forecast: a histogram of the ratio load /
 * forecast, whose counts fade within a week, and the quantiles of it.
 *
 * <p>To begin with it believes in a few loads that were as far above their forecasts as the reactive rule leaves room
 * for; what has come since outweighs them as soon as there is enough of it to tell the quantile that is asked for.
 */
final class ForecastErrors {
    private static final double BIN = 0.01;
    private static final double LEAST = Math.log(0.5);
    private static final double MOST = Math.log(8);
    private static final double MINUTES_REMEMBERED = 7 * 1440.0;
    private static final double BELIEVED = 3;

    private final double[] counts;
    private final double believedRatio;

    /**
     * Nothing has come yet.
     *
     * @param believedRatio above 1
     */
    ForecastErrors(Memory memory, double believedRatio) {
        this.counts = memory.numbers((int) Math.ceil((MOST - LEAST) / BIN) + 1);
        this.believedRatio = believedRatio;
    }

    /** Takes in load / forecast. */
    void learn(double ratio) {
        for (int bin = 0; bin < counts.length; bin++) {
            counts[bin] *= 1 - 1 / MINUTES_REMEMBERED;
        }
        counts[binOf(ratio)]++;
    }

    private int binOf(double ratio) {
        double log = Math.max(LEAST, Math.min(MOST, Math.log(ratio)));
        return (int) Math.round((log - LEAST) / BIN);
    }

    /**
     * The ratio that a load is at or below in a share of cases.
     *
     * @param share 0..1
     */
    double quantile(double share) {
        int believed = binOf(believedRatio);
        double total = BELIEVED;
        for (double count : counts) {
            total += count;
        }
        double left = (1 - share) * total;
        for (int bin = counts.length - 1; bin > 0; bin--) {
            left -= counts[bin] + (bin == believed ? BELIEVED : 0);
            if (left < 0) {
                return Math.exp(LEAST + (bin + 0.5) * BIN);
            }
        }
        return Math.exp(LEAST);
    }
}
