package io.ag06.analytics.scaling.forecast;

import io.ag06.analytics.scaling.memory.Memory;
import java.util.stream.IntStream;

/**
 * Intervals around the forecast from its own past errors at about the same horizon (conformal prediction: Vovk,
 * Gammerman, Shafer: "Algorithmic Learning in a Random World", 2005; normalised by what was expected: Lei et al., J.
 * Am. Stat. Assoc. 113, 2018). Nothing is assumed about their distribution, and both sides have their own.
 *
 * <p>Errors are taken twice, once in units of the forecast itself (errors that grow with the load) and once in units of
 * the volatility at their phase of the season, both times the size of the errors of late at their horizons; the bounds
 * are the mean of what both say. What was expected is that when the forecast was made, or when the error came, if that
 * is more: after a change of level the errors that it made are so not taken for as many times what is expected by then.
 * Where an interval rests on few windows of the horizon's length, n, it is wider by 1/n^2.
 */
final class Intervals {
    private static final double SHARE_OF_SIZE = 0.1;
    private static final double ROUNDING = 1e-9;
    /** How much of what an error itself adds to what is expected of errors counts when it is measured by that. */
    static final double OWN_SHARE = 0.5;

    private static final double SEASONS_REMEMBERED = 1.5;
    private static final double FEWEST_STEPS_REMEMBERED = 150;

    private final Horizons horizons;
    private final Volatility volatility;
    private final ErrorSample[] byForecast;
    private final ErrorSample[] byVolatility;
    private final RecentErrors recentByForecast;
    private final RecentErrors recentByVolatility;
    private final double[] seen;
    private final double memorySteps;
    private final int stride;

    Intervals(Memory memory, Horizons horizons, ForecastSettings settings, int stride) {
        this.horizons = horizons;
        this.volatility = new Volatility(memory, settings.shortestSeason());
        this.byForecast = new ErrorSample[horizons.bands()];
        this.byVolatility = new ErrorSample[horizons.bands()];
        for (int band = 0; band < horizons.bands(); band++) {
            byForecast[band] = new ErrorSample(memory);
            byVolatility[band] = new ErrorSample(memory);
        }
        this.recentByForecast = new RecentErrors(memory, horizons, settings.shortestSeason(), stride);
        this.recentByVolatility = new RecentErrors(memory, horizons, settings.shortestSeason(), stride);
        this.seen = memory.numbers(horizons.bands());
        this.memorySteps = Math.max(FEWEST_STEPS_REMEMBERED, SEASONS_REMEMBERED * settings.longestSeason());
        this.stride = stride;
    }

    /** Takes in a value of the series. */
    void observe(double value) {
        volatility.observe(value);
    }

    /** Whether errors of forecasts are known. */
    boolean isCalibrated() {
        return byForecast[0].isEnough();
    }

    /** What is expected of the errors of forecasts of 1, 2, … steps ahead, by the forecasts themselves. */
    double[] expectedByForecast(double[] forecasts) {
        return IntStream.range(0, forecasts.length)
                .mapToDouble(i -> bySize(forecasts[i]) * recentByForecast.scale(horizons.bandOf(i + 1)))
                .toArray();
    }

    private double bySize(double forecast) {
        return Math.abs(forecast) + SHARE_OF_SIZE * volatility.size();
    }

    /** What is expected of the errors of forecasts for the steps after one, by the volatility at their phases. */
    double[] expectedByVolatility(long step, int steps) {
        return IntStream.rangeClosed(1, steps)
                .mapToDouble(ahead -> volatilityAt(step + ahead) * recentByVolatility.scale(horizons.bandOf(ahead)))
                .toArray();
    }

    /** What is expected of the error of a forecast for a step, at any horizon. */
    double volatilityAt(long step) {
        return volatility.at(step);
    }

    /**
     * Takes in an error.
     *
     * @param forecast that was made
     * @param error value - forecast
     * @param believed the same without what was not believed of the value
     * @param expectedByForecast what was expected of it when the forecast was made
     * @param expectedByVolatility the same, by the volatility
     */
    void book(
            long step,
            int horizon,
            double forecast,
            double error,
            double believed,
            double expectedByForecast,
            double expectedByVolatility) {
        int band = horizons.bandOf(horizon);
        double volatilityBefore = volatilityAt(step);
        volatility.book(step, believed);
        if (volatility.isKnown()) {
            double nowByForecast = recentByForecast.book(band, believed, bySize(forecast));
            double nowByVolatility =
                    recentByVolatility.book(band, believed, Math.max(volatilityBefore, OWN_SHARE * volatilityAt(step)));
            if ((long) seen[band] % everyHowMany(band) == 0) {
                byForecast[band].add(ratio(error, Math.max(expectedByForecast, nowByForecast)), step);
                byVolatility[band].add(ratio(error, Math.max(expectedByVolatility, nowByVolatility)), step);
            }
        }
        seen[band]++;
    }

    private static double ratio(double error, double expected) {
        return error == 0 ? 0 : error / expected;
    }

    /** One in so many errors is kept, so that the sample reaches back some memories. */
    private long everyHowMany(int band) {
        double errorsPerStep = (double) horizons.scoredIn(band) / stride;
        return Math.max(1, Math.round(3 * memorySteps * errorsPerStep / ErrorSample.SIZE));
    }

    /**
     * Bounds of the forecast. Errors of a forecast are no larger than the values have ever been apart.
     *
     * @param step of the last value
     * @param mean the forecast of 1, 2, … steps ahead
     * @param shares quantiles, ascending, 0..1, symmetric about the middle
     * @param watch knows what is gone by where no errors are known, and how far values have been apart
     * @return by quantile, then by step ahead
     */
    double[][] bounds(long step, double[] mean, double[] shares, Watch watch) {
        double[][] bounds = new double[shares.length][mean.length];
        double[] expectedByForecast = expectedByForecast(mean);
        double[] expectedByVolatility = expectedByVolatility(step, mean.length);
        Sides known = null;
        for (int band = 0; band < horizons.bands(); band++) {
            known = byForecast[band].isEnough() ? sides(band, step, shares) : known;
            for (int i = horizons.firstOf(band) - 1; i < horizons.lastOf(band); i++) {
                for (int share = 0; share < shares.length; share++) {
                    double error = known == null
                            ? guess(shares[share], watch, i + 1)
                            : Math.max(
                                    -watch.range(),
                                    Math.min(
                                            watch.range(),
                                            known.error(share, i + 1, expectedByForecast[i], expectedByVolatility[i])));
                    bounds[share][i] = mean[i] + error;
                }
            }
        }
        return bounds;
    }

    /**
     * The errors of a random walk with normal steps of the same mean size. Where none of n values was another one, the
     * next will be with a chance of 1/(n + 1) (Laplace's rule of succession, of n - 1 changes): while that is more than
     * the interval may leave out, the value may as well double or vanish.
     */
    private double guess(double share, Watch watch, int ahead) {
        double outside = Math.min(share, 1 - share);
        double meanChange = watch.meanChange();
        if (meanChange == 0) {
            boolean mayChange = 2 * outside * (watch.values() + 1) < 1 - ROUNDING;
            double change = mayChange ? volatility.size() : 0;
            return share < 0.5 ? -change : change;
        }
        // Quantiles of the normal distribution in units of its mean deviation, for the two that are asked for.
        double deviations = outside <= 0.05 ? 2.456 : 1.606;
        return (share < 0.5 ? -1 : 1) * deviations * meanChange * Math.sqrt(ahead);
    }

    private Sides sides(int band, long step, double[] shares) {
        double errorsPerStep = (double) horizons.scoredIn(band) / stride / everyHowMany(band);
        double stepsCovered = byForecast[band].weight(step, memorySteps) / errorsPerStep;
        double windows = stepsCovered / horizons.lastOf(band);
        return new Sides(
                byForecast[band].quantiles(step, memorySteps, shares),
                byVolatility[band].quantiles(step, memorySteps, shares),
                1 + Math.min(1, 1 / (windows * windows)),
                horizons.lastOf(band));
    }

    /** Quantiles of the errors of a band in both units; further ahead than it reaches they are wider. */
    private static final class Sides {
        private final double[] byForecast;
        private final double[] byVolatility;
        private final double widening;
        private final int reach;

        Sides(double[] byForecast, double[] byVolatility, double widening, int reach) {
            this.byForecast = byForecast;
            this.byVolatility = byVolatility;
            this.widening = widening;
            this.reach = reach;
        }

        double error(int share, int ahead, double expectedByForecast, double expectedByVolatility) {
            double error = (expectedByForecast * byForecast[share] + expectedByVolatility * byVolatility[share]) / 2;
            return widening * Math.sqrt(Math.max(1, (double) ahead / reach)) * error;
        }
    }
}
