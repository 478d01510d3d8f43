package io.ag06.analytics.scaling.forecast;

import io.ag06.analytics.scaling.memory.Memory;
import java.util.List;

/**
 * A level and a few waves of each season, y(t) = a + sum of b_k sin(2 pi k t / m) + c_k cos(2 pi k t / m) + r(t), with
 * remainders that are carried on from step to step: r(t) = phi r(t - 1) + e(t) (dynamic harmonic regression: Young,
 * Pedregal, Tych, J. Forecasting 18, 1999; Hyndman, Athanasopoulos: "Forecasting: Principles and Practice", 3rd ed.,
 * 10.5). All weights follow the series by recursive least squares. A few waves are a smooth shape that few values tell:
 * it says nothing of single hours, but is soon known.
 */
final class FourierTerms implements Method {
    private static final int FEWEST_VALUES = 10;
    private static final double LARGEST_PERSISTENCE = 0.99;

    private final String name;
    private final int[] seasons;
    private final int waves;
    private final double discount;
    private final double[] count;
    private final double[] unit;
    private final double[] remainder;
    private final RecursiveLeastSquares regression;
    private final double[] regressors;

    /**
     * Prepares the method.
     *
     * @param waves of each season, at most half as many as it has steps
     * @param memorySteps after so many steps a value counts 1/e of what it did
     */
    FourierTerms(String name, Memory memory, List<Integer> seasons, int waves, double memorySteps) {
        this.name = name;
        this.seasons = seasons.stream().mapToInt(Integer::intValue).toArray();
        this.waves = waves;
        this.discount = 1 - 1 / memorySteps;
        this.count = memory.numbers(1);
        // The first value, the sum of distances from it, and once that is known their mean.
        this.unit = memory.numbers(3);
        // The last one, and sums of products with the one before, and of squares.
        this.remainder = memory.numbers(3);
        int size = 1 + seasons.stream().mapToInt(season -> 2 * wavesOf(season)).sum();
        this.regression = new RecursiveLeastSquares(memory, size, memorySteps);
        this.regressors = new double[size];
    }

    private int wavesOf(int season) {
        return Math.min(waves, season / 2);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isReady() {
        return count[0] >= 2.0 * seasons[0] && unit[2] > 0;
    }

    @Override
    public void observe(double value) {
        long t = (long) count[0];
        count[0]++;
        if (unit[2] == 0) {
            measureUnit(value);
            return;
        }
        wavesAt(t);
        double scaled = (value - unit[0]) / unit[2];
        double error = scaled - regression.predict(regressors);
        remainder[1] = discount * remainder[1] + error * remainder[0];
        remainder[2] = discount * remainder[2] + remainder[0] * remainder[0];
        remainder[0] = error;
        regression.learn(regressors, scaled);
    }

    /** How far the values of the first season are from the first one, once, so that numbers are about 1. */
    private void measureUnit(double value) {
        unit[0] = count[0] == 1 ? value : unit[0];
        unit[1] += Math.abs(value - unit[0]);
        if (count[0] >= Math.max(FEWEST_VALUES, seasons[0]) && unit[1] > 0) {
            unit[2] = unit[1] / count[0];
        }
    }

    private void wavesAt(long t) {
        int at = 0;
        regressors[at++] = 1;
        for (int season : seasons) {
            double angle = 2 * Math.PI * (t % season) / season;
            double sine = Math.sin(angle);
            double cosine = Math.cos(angle);
            regressors[at] = sine;
            regressors[at + 1] = cosine;
            // Each wave is the one before, turned by the angle once more.
            for (int wave = 2; wave <= wavesOf(season); wave++) {
                at += 2;
                regressors[at] = regressors[at - 2] * cosine + regressors[at - 1] * sine;
                regressors[at + 1] = regressors[at - 1] * cosine - regressors[at - 2] * sine;
            }
            at += 2;
        }
    }

    private double persistence() {
        double phi = remainder[2] > 0 ? remainder[1] / remainder[2] : 0;
        return Math.max(0, Math.min(LARGEST_PERSISTENCE, phi));
    }

    @Override
    public void forecast(double[] into) {
        long t = (long) count[0];
        double phi = persistence();
        double carried = remainder[0];
        for (int step = 0; step < into.length; step++) {
            carried *= phi;
            wavesAt(t + step);
            into[step] = unit[0] + unit[2] * (regression.predict(regressors) + carried);
        }
    }
}
