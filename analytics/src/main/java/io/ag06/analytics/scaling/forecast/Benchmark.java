package io.ag06.analytics.scaling.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Forecasts that need no forecaster, for it to be held against. Each is of a series y(1..n) with gaps, and a season of
 * m steps; a gap is filled with the value one season before it, or else with the last one.
 */
public enum Benchmark {
    /** The last value stays. */
    NAIVE {
        @Override
        double[] means(double[] filled, int season, int horizon) {
            return repeated(filled, 1, horizon);
        }

        @Override
        int cycle(int season) {
            return 1;
        }
    },

    /** What was one season before will be again. */
    SEASONAL_NAIVE {
        @Override
        double[] means(double[] filled, int season, int horizon) {
            return repeated(filled, season, horizon);
        }

        @Override
        int cycle(int season) {
            return season;
        }
    },

    /**
     * The M4 competition's Naive2: the last value stays, once the season is taken out, and the season is put on it
     * again (Makridakis, Spiliotis, Assimakopoulos: "The M4 Competition", Int. J. Forecasting 36, 2020). The season is
     * that of classical multiplicative decomposition, and is taken out where three cycles were seen and the
     * autocorrelation at it is beyond 1.645 of its standard errors by Bartlett's formula. It has no intervals: its
     * bounds are its means.
     */
    NAIVE2 {
        @Override
        double[] means(double[] filled, int season, int horizon) {
            double[] factors = isSeasonal(filled, season) ? factors(filled, season) : new double[] {1};
            int n = filled.length;
            double level = filled[n - 1] / factors[(n - 1) % factors.length];
            return IntStream.range(0, horizon)
                    .mapToDouble(i -> level * factors[(n + i) % factors.length])
                    .toArray();
        }

        @Override
        int cycle(int season) {
            return 0;
        }
    };

    private static final double QUANTILE_OF_80 = 1.2815515655446004;
    private static final double QUANTILE_OF_95 = 1.959963984540054;
    private static final double QUANTILE_OF_90 = 1.645;
    private static final int FEWEST_CYCLES = 3;

    abstract double[] means(double[] filled, int season, int horizon);

    /** After how many steps a value is taken to come again; 0 where there are no intervals. */
    abstract int cycle(int season);

    /**
     * Forecasts. The intervals are those of a normal distribution whose variance is the mean square of the errors one
     * cycle ahead, times the number of cycles ahead (Hyndman, Athanasopoulos: "Forecasting: Principles and Practice",
     * 3rd ed., 5.5).
     *
     * @param values NaN where there was none; one at least is a number
     * @param season steps, at least 1
     * @param horizon steps, at least 1
     */
    public List<ForecastStep> forecast(double[] values, int season, int horizon) {
        double[] means = means(filled(values, season), season, horizon);
        int cycle = cycle(season);
        double deviation = cycle == 0 ? 0 : deviation(values, cycle);
        List<ForecastStep> steps = new ArrayList<>(horizon);
        for (int i = 0; i < horizon; i++) {
            double width = cycle == 0 ? 0 : deviation * Math.sqrt(1 + i / cycle);
            double mean = means[i];
            steps.add(new ForecastStep(
                    i + 1,
                    mean,
                    mean - QUANTILE_OF_80 * width,
                    mean + QUANTILE_OF_80 * width,
                    mean - QUANTILE_OF_95 * width,
                    mean + QUANTILE_OF_95 * width,
                    name().toLowerCase(Locale.ROOT)));
        }
        return steps;
    }

    /** Whether its intervals mean something. */
    public boolean hasIntervals() {
        return this != NAIVE2;
    }

    private static double deviation(double[] values, int cycle) {
        return Math.sqrt(IntStream.range(cycle, values.length)
                .mapToDouble(i -> values[i] - values[i - cycle])
                .filter(change -> !Double.isNaN(change))
                .map(change -> change * change)
                .average()
                .orElse(0));
    }

    private static double[] filled(double[] values, int season) {
        int first = 0;
        while (Double.isNaN(values[first])) {
            first++;
        }
        double[] filled = Arrays.copyOfRange(values, first, values.length);
        for (int i = 1; i < filled.length; i++) {
            if (Double.isNaN(filled[i])) {
                filled[i] = filled[i >= season ? i - season : i - 1];
            }
        }
        return filled;
    }

    private static double[] repeated(double[] filled, int season, int horizon) {
        int cycle = filled.length < season ? 1 : season;
        return IntStream.range(0, horizon)
                .mapToDouble(i -> filled[filled.length - cycle + i % cycle])
                .toArray();
    }

    private static boolean isSeasonal(double[] values, int season) {
        int n = values.length;
        if (season < 2 || n < FEWEST_CYCLES * season) {
            return false;
        }
        double mean = Arrays.stream(values).average().getAsDouble();
        double[] autocovariance = new double[season + 1];
        for (int lag = 0; lag <= season; lag++) {
            for (int i = lag; i < n; i++) {
                autocovariance[lag] += (values[i] - mean) * (values[i - lag] - mean);
            }
        }
        double squares = 1;
        for (int lag = 1; lag < season; lag++) {
            double correlation = autocovariance[lag] / autocovariance[0];
            squares += 2 * correlation * correlation;
        }
        // Of a constant series all of that is NaN, which is above nothing.
        return Math.abs(autocovariance[season] / autocovariance[0]) > QUANTILE_OF_90 * Math.sqrt(squares / n);
    }

    /** The season's factors from the first value on, 1 in the mean; 1 alone where one is not a number above 0. */
    private static double[] factors(double[] values, int season) {
        double[] sums = new double[season];
        int[] counts = new int[season];
        int half = season / 2;
        for (int i = half; i < values.length - half; i++) {
            double trend = 0;
            for (int j = i - half; j <= i + half; j++) {
                boolean shared = season % 2 == 0 && (j == i - half || j == i + half);
                trend += (shared ? 0.5 : 1) * values[j] / season;
            }
            sums[i % season] += values[i] / trend;
            counts[i % season]++;
        }
        double[] factors = IntStream.range(0, season)
                .mapToDouble(phase -> sums[phase] / counts[phase])
                .toArray();
        double mean = Arrays.stream(factors).average().getAsDouble();
        boolean usable = mean > 0 && Arrays.stream(factors).allMatch(factor -> factor > 0 && Double.isFinite(factor));
        return usable ? Arrays.stream(factors).map(factor -> factor / mean).toArray() : new double[] {1};
    }
}
