package io.ag06.analytics.scaling.forecast;

import java.util.Random;

/** Series that leave little to divide by, made from a seed: mostly zeros, mostly the same, or of all sizes at once. */
enum OddSeries {
    /** Counts of which few are not 0. */
    SPARSE {
        @Override
        double value(Random random, int step, int length) {
            return random.nextInt(30) == 0 ? 1 + random.nextInt(5) : 0;
        }
    },
    /** Numbers, but zeros for the most. */
    ZERO_INFLATED {
        @Override
        double value(Random random, int step, int length) {
            return random.nextDouble() < 0.7 ? 0 : random.nextDouble();
        }
    },
    /** Small counts, and a burst now and then. */
    BURSTS {
        @Override
        double value(Random random, int step, int length) {
            return random.nextInt(50) == 0 ? 1e6 * random.nextDouble() : random.nextInt(2);
        }
    },
    /** Zeros until shortly before the end. */
    LATE {
        @Override
        double value(Random random, int step, int length) {
            return step > length - 30 ? random.nextInt(3) : 0;
        }
    },
    /** Stretches that stay the same. */
    STRETCHES {
        @Override
        double value(Random random, int step, int length) {
            return step / 40 % 3 == 2 ? random.nextInt(3) : step / 40 % 3 * 7;
        }
    },
    /** Nights of zeros. */
    NIGHTS {
        @Override
        double value(Random random, int step, int length) {
            return step % 12 < 6 ? 0 : random.nextInt(4);
        }
    },
    /** Of many orders of magnitude. */
    ALL_SIZES {
        @Override
        double value(Random random, int step, int length) {
            return Math.exp(8 * random.nextGaussian());
        }
    },
    /** Below zero as often as above. */
    BOTH_SIGNS {
        @Override
        double value(Random random, int step, int length) {
            return random.nextGaussian();
        }
    };

    abstract double value(Random random, int step, int length);

    /**
     * A series, one of twenty values of which is missing.
     *
     * @param unit of its values
     */
    double[] values(int length, double unit, long seed) {
        var random = new Random(seed);
        double[] values = new double[length];
        for (int step = 0; step < length; step++) {
            double value = unit * value(random, step, length);
            values[step] = random.nextInt(20) == 0 ? Double.NaN : value;
        }
        return values;
    }
}
