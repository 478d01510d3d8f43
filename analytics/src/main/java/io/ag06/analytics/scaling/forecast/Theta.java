package io.ag06.analytics.scaling.forecast;

import io.ag06.analytics.scaling.memory.Memory;
import java.util.Arrays;

/**
 * The Theta method on what is left without the season (Assimakopoulos, Nikolopoulos, Int. J. Forecasting 16, 2000):
 * simple exponential smoothing plus half the slope of the straight line through the series (Hyndman, Billah, Int. J.
 * Forecasting 19, 2003). Line and profile discount the past; of four smoothing levels the one with the smallest recent
 * error counts.
 */
final class Theta implements Method {
    private static final double[] GAINS = {0.1, 0.3, 0.5, 0.8};
    private static final double PROFILE_GAIN = 0.2;
    private static final double ERROR_DISCOUNT = 0.98;
    private static final double POWER = 8;

    private final String name;
    private final int season;
    private final double discount;
    private final double[] profile;
    private final double[] levels;
    private final double[] errors;
    private final double[] line;

    /**
     * Prepares the method.
     *
     * @param season steps; 1 where there is none
     * @param memorySteps after so many steps a value counts 1/e of what it did for the line
     */
    Theta(String name, Memory memory, int season, double memorySteps) {
        this.name = name;
        this.season = season;
        this.discount = 1 - 1 / memorySteps;
        this.profile = memory.numbers(season);
        this.levels = memory.numbers(GAINS.length);
        this.errors = memory.numbers(GAINS.length);
        // Count of values, then sums of 1, s, s^2, y and s y over the values, s being steps before the last one.
        this.line = memory.numbers(6);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isReady() {
        return line[0] >= 2.0 * season + 2;
    }

    @Override
    public void observe(double value) {
        long t = (long) line[0];
        if (season > 1 && t < season) {
            start(t, value);
            return;
        }
        int phase = (int) (t % season);
        double deseasonalised = value - profile[phase];
        if (t == 0) {
            Arrays.fill(levels, value);
        }
        double level = level();
        for (int i = 0; i < GAINS.length; i++) {
            double error = deseasonalised - levels[i];
            errors[i] = ERROR_DISCOUNT * errors[i] + error * error;
            levels[i] += GAINS[i] * error;
        }
        if (season > 1) {
            profile[phase] += PROFILE_GAIN * (deseasonalised - level);
        }
        addToLine(deseasonalised);
        line[0]++;
    }

    private void start(long t, double value) {
        profile[(int) t] = value;
        line[0]++;
        if (t == season - 1) {
            double mean = Arrays.stream(profile).average().getAsDouble();
            for (int phase = 0; phase < season; phase++) {
                profile[phase] -= mean;
            }
            Arrays.fill(levels, mean);
        }
    }

    private void addToLine(double value) {
        // All values so far are one step older.
        line[3] = discount * (line[3] - 2 * line[2] + line[1]);
        line[5] = discount * (line[5] - line[4]);
        line[2] = discount * (line[2] - line[1]);
        line[1] = discount * line[1] + 1;
        line[4] = discount * line[4] + value;
    }

    private double slope() {
        double determinant = line[1] * line[3] - line[2] * line[2];
        return determinant > 0 ? (line[1] * line[5] - line[2] * line[4]) / determinant : 0;
    }

    /** The four levels, those with smaller errors of late before the others. */
    private double level() {
        double best = Arrays.stream(errors).min().getAsDouble();
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < GAINS.length; i++) {
            double weight = errors[i] == best ? 1 : Math.pow(best / errors[i], POWER);
            sum += weight * levels[i];
            weights += weight;
        }
        return sum / weights;
    }

    @Override
    public void forecast(double[] into) {
        long t = (long) line[0];
        double level = level();
        double drift = slope() / 2;
        for (int step = 0; step < into.length; step++) {
            into[step] = level + drift * (step + 1) + profile[(int) ((t + step) % season)];
        }
    }
}
