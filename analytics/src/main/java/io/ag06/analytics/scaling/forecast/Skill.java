package io.ag06.analytics.scaling.forecast;

import io.ag06.analytics.scaling.memory.Memory;
import java.util.Arrays;

/**
 * How well each method of a league has done of late, by horizon, in back-tests inside the series.
 *
 * <p>An error e = |y - f| counts once by its size and once by its share e / (|y| + |f|), each against the benchmark's
 * of the same occasions: the loss of a method is the mean of both ratios, 1 for the benchmark itself. Old occasions are
 * discounted. The benchmark is the seasonal naive method of the shortest season, before one season is over the naive
 * method.
 */
final class Skill {
    private static final double SHARE_OF_SIZE = 0.1;

    private static final int SIZE = 0;
    private static final int SHARE = 1;
    private static final int BENCHMARK_SIZE = 2;
    private static final int BENCHMARK_SHARE = 3;
    private static final int COUNT = 4;
    private static final int SUMS = 5;

    private final int methods;
    private final double memorySteps;
    private final double discount;
    private final double[] size;
    private final double[] sums;

    /**
     * No errors yet.
     *
     * @param bands of horizons
     * @param methods of the league
     * @param memorySteps after so many steps an occasion counts 1/e of what it did
     */
    Skill(Memory memory, int bands, int methods, double memorySteps) {
        this.methods = methods;
        this.memorySteps = memorySteps;
        this.discount = Math.exp(-1 / memorySteps);
        this.size = memory.numbers(2);
        this.sums = memory.numbers(bands * methods * SUMS);
    }

    /** After so many steps an occasion counts 1/e of what it did. */
    double memorySteps() {
        return memorySteps;
    }

    /** A step goes by. */
    void age(double value) {
        size[0] = discount * size[0] + Math.abs(value);
        size[1] = discount * size[1] + 1;
        for (int i = 0; i < sums.length; i++) {
            sums[i] *= discount;
        }
    }

    /** Books an error. */
    void book(int band, int method, double value, double forecast, double benchmark) {
        int at = (band * methods + method) * SUMS;
        sums[at + SIZE] += Math.abs(value - forecast);
        sums[at + SHARE] += share(value, forecast);
        sums[at + BENCHMARK_SIZE] += Math.abs(value - benchmark);
        sums[at + BENCHMARK_SHARE] += share(value, benchmark);
        sums[at + COUNT]++;
    }

    /**
     * Begins anew at a band, where there is another benchmark: what was held against the one is nothing to the other.
     */
    void forget(int band) {
        Arrays.fill(sums, band * methods * SUMS, (band + 1) * methods * SUMS, 0);
    }

    private double share(double value, double forecast) {
        double both = Math.abs(value) + Math.abs(forecast) + SHARE_OF_SIZE * size[0] / size[1];
        return both == 0 ? 0 : Math.abs(value - forecast) / both;
    }

    /** Loss of a method at a band of horizons, 1 for the benchmark; NaN where nothing is known. */
    double loss(int band, int method) {
        int at = (band * methods + method) * SUMS;
        if (sums[at + COUNT] == 0) {
            return Double.NaN;
        }
        return (ratio(sums[at + SIZE], sums[at + BENCHMARK_SIZE]) + ratio(sums[at + SHARE], sums[at + BENCHMARK_SHARE]))
                / 2;
    }

    private static double ratio(double loss, double benchmark) {
        return benchmark > 0 ? loss / benchmark : loss > 0 ? Double.POSITIVE_INFINITY : 1;
    }

    /** How many occasions are known, the old ones discounted. */
    double count(int band, int method) {
        return sums[(band * methods + method) * SUMS + COUNT];
    }
}
