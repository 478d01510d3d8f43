package io.ag06.analytics.scaling.forecast;

import io.ag06.analytics.scaling.memory.History;
import java.util.Arrays;

/**
 * The median of the values at the same phase of the last few seasons, plus the level of the last steps above theirs,
 * which fades. The median is the seasonal mean that outliers and single odd days do not move (Tukey: "Exploratory Data
 * Analysis", 1977; as a benchmark for traffic and load: Hyndman, Athanasopoulos: "Forecasting: Principles and
 * Practice", 5.2).
 */
final class SeasonalMedian implements Method {
    private static final int LEVEL_STEPS = 24;
    private static final double LEVEL_DECAY = 0.9;

    private final String name;
    private final History history;
    private final int season;
    private final int seasons;
    private final double fading;

    /**
     * Prepares the method.
     *
     * @param history keeps {@code seasons + 1} seasons
     * @param season steps
     * @param seasons how many seasons the median is of, at most
     * @param fading share of the level's correction that is left after each step ahead, 0 (none) to 1
     */
    SeasonalMedian(String name, History history, int season, int seasons, double fading) {
        this.name = name;
        this.history = history;
        this.season = season;
        this.seasons = seasons;
        this.fading = fading;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void observe(double value) {
        // All that it needs is in the history.
    }

    @Override
    public boolean isReady() {
        return history.available() >= 2 * season;
    }

    @Override
    public void forecast(double[] into) {
        double[] values = new double[seasons];
        for (int step = 0; step < into.length; step++) {
            into[step] = step < season ? median(season - step, values) : into[step - season];
        }
        double correction = fading > 0 ? levelAboveMedian(values) : 0;
        for (int step = 0; step < into.length; step++) {
            correction *= fading;
            into[step] += correction;
        }
    }

    private double levelAboveMedian(double[] values) {
        double sum = 0;
        double weights = 0;
        double weight = 1;
        for (int ago = 1; ago <= Math.min(LEVEL_STEPS, season); ago++) {
            sum += weight * (history.ago(ago) - median(ago + season, values));
            weights += weight;
            weight *= LEVEL_DECAY;
        }
        return sum / weights;
    }

    /** Median of the values so long ago, and one, two, … seasons before that. */
    private double median(int ago, double[] values) {
        int found = 0;
        for (int steps = ago; found < seasons && steps <= history.available(); steps += season) {
            values[found++] = history.ago(steps);
        }
        Arrays.sort(values, 0, found);
        return (values[(found - 1) / 2] + values[found / 2]) / 2;
    }
}
