package io.ag06.analytics.scaling.forecast;

import io.ag06.analytics.scaling.memory.History;
import io.ag06.analytics.scaling.memory.Memory;

/**
 * A linear autoregression over chosen lags, near ones and those around one season before, whose weights follow the
 * series by recursive least squares (Box, Jenkins: "Time Series Analysis", 1976; long autoregressions for each series
 * by itself: Montero-Manso, Hyndman: "Principles and algorithms for forecasting groups of time series", Int. J.
 * Forecasting 37, 2021). Its forecasts are fed back for those further ahead; they stay within the range of the history,
 * widened by half of it on either side.
 */
final class Autoregression implements Method {
    private static final double WIDENED = 0.5;

    private final String name;
    private final History history;
    private final int[] lags;
    private final RecursiveLeastSquares regression;
    private final double[] unit;
    private final double[] regressors;

    /**
     * Prepares the method.
     *
     * @param lags ascending, the largest less than what the history keeps
     * @param memorySteps after so many steps a value counts 1/e of what it did
     */
    Autoregression(String name, Memory memory, History history, int[] lags, double memorySteps) {
        this.name = name;
        this.history = history;
        this.lags = lags.clone();
        this.regression = new RecursiveLeastSquares(memory, lags.length + 1, memorySteps);
        this.unit = memory.numbers(2);
        this.regressors = new double[lags.length + 1];
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isReady() {
        return unit[1] > 0 && history.size() > longestLag() + lags.length;
    }

    private int longestLag() {
        return lags[lags.length - 1];
    }

    @Override
    public void observe(double value) {
        if (history.size() <= longestLag()) {
            return;
        }
        boolean first = history.size() == longestLag() + 1;
        // Before, all was the same: only another value may have changed that.
        if (unit[1] == 0 && (first || history.ago(1) != history.ago(2))) {
            measureUnit();
        }
        if (unit[1] > 0) {
            for (int i = 0; i < lags.length; i++) {
                regressors[i] = inUnits(history.ago(lags[i]));
            }
            regressors[lags.length] = 1;
            regression.learn(regressors, inUnits(value));
        }
    }

    /** Centre and mean deviation of the lags' values, once, so that the regression sees numbers of about 1. */
    private void measureUnit() {
        int values = longestLag() + 1;
        double sum = 0;
        for (int ago = 1; ago <= values; ago++) {
            sum += history.ago(ago);
        }
        unit[0] = sum / values;
        double deviations = 0;
        for (int ago = 1; ago <= values; ago++) {
            deviations += Math.abs(history.ago(ago) - unit[0]);
        }
        // Nothing but the rounding of a constant's mean is no deviation.
        unit[1] = deviations / values > 1e-12 * Math.abs(unit[0]) ? deviations / values : 0;
    }

    private double inUnits(double value) {
        return (value - unit[0]) / unit[1];
    }

    @Override
    public void forecast(double[] into) {
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (int ago = 1; ago <= Math.min(history.available(), longestLag()); ago++) {
            lowest = Math.min(lowest, history.ago(ago));
            highest = Math.max(highest, history.ago(ago));
        }
        double widened = WIDENED * (highest - lowest);
        for (int step = 0; step < into.length; step++) {
            double sum = regression.weight(lags.length);
            for (int i = 0; i < lags.length; i++) {
                double before = lags[i] > step ? history.ago(lags[i] - step) : into[step - lags[i]];
                sum += regression.weight(i) * inUnits(before);
            }
            double value = unit[0] + unit[1] * sum;
            into[step] = Math.max(lowest - widened, Math.min(highest + widened, value));
        }
    }
}
