package io.ag06.analytics.scaling.forecast;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Combines the methods' forecasts, weighted by their recent skill at each horizon (Bates, Granger: "The combination of
 * forecasts", Oper. Res. Quarterly 20, 1969; weights by powers of past loss: Stock, Watson, J. Forecasting 23, 2004).
 *
 * <p>The weight of a method is (smallest loss / its loss)^p. There are two such combinations, a mild one (p = 4: many
 * are heard) and a sharp one (p = 64: the best few); each is the mean of its weighted mean and its weighted median,
 * which single wild members do not move. Both are back-tested as the methods are, and share the forecast by their own
 * losses. Where neither of them nor any method has done better than the best of the naive methods, that one stands
 * alone.
 *
 * <p>From the first whole season on that is the seasonal naive method, until it was judged at a band of horizons for
 * long enough: for a season, since by night alone the last value may seem the better forecast, or for a dozen windows
 * of the band's furthest horizon. What was held against the naive method before does not count then.
 */
final class Combination {
    /** How many combinations there are. */
    static final int TEMPERS = 2;

    private static final String NAME = "combination";
    private static final double[] POWERS = {4, 64};
    private static final double POWER_BETWEEN = 40;
    private static final double FEWEST_OCCASIONS = 6;
    private static final int FEWEST_WINDOWS = 12;
    private static final int BANDS_AROUND = 2;
    private static final double MIDDLE_FROM = 0.4;
    private static final double MIDDLE_TO = 0.6;
    /** Losses that differ by rounding alone are the same, so that units of a series decide nothing. */
    private static final double A_TIE = 1 + 1e-9;

    private final League league;
    private final Skill skill;
    private final Horizons horizons;
    private final QuietPhases quiet;
    private final double[] fewest;

    /**
     * Nothing is combined yet.
     *
     * @param season the shortest, steps
     * @param stride steps from one time that forecasts are made to the next
     */
    Combination(League league, Skill skill, Horizons horizons, QuietPhases quiet, int season, int stride) {
        this.league = league;
        this.skill = skill;
        this.horizons = horizons;
        this.quiet = quiet;
        this.fewest = new double[horizons.bands()];
        for (int band = 0; band < fewest.length; band++) {
            double steps = Math.min(season, FEWEST_WINDOWS * horizons.lastOf(band));
            double remembered = Math.min(steps, skill.memorySteps() / 2);
            fewest[band] = Math.max(FEWEST_OCCASIONS, remembered * horizons.scoredIn(band) / stride);
        }
    }

    /**
     * Forecasts of the combinations.
     *
     * @param forecasts of the methods, in the order of the league
     */
    double[][] combinations(List<double[]> forecasts) {
        int steps = horizons.furthest();
        double[][][] weights = new double[TEMPERS][][];
        for (int temper = 0; temper < TEMPERS; temper++) {
            weights[temper] = smoothWeights(temper, forecasts);
        }
        double[][] combinations = new double[TEMPERS][steps];
        int[] order = IntStream.range(0, forecasts.size()).toArray();
        for (int step = 0; step < steps; step++) {
            if (!quiet.isQuiet(step + 1)) {
                sort(order, forecasts, step);
                for (int temper = 0; temper < TEMPERS; temper++) {
                    combinations[temper][step] =
                            combine(forecasts, weights[temper][horizons.bandOf(step + 1)], order, step);
                }
            }
        }
        return combinations;
    }

    /**
     * The forecast.
     *
     * @param forecasts of the methods, in the order of the league
     * @param combinations of them
     */
    double[] forecast(List<double[]> forecasts, double[][] combinations) {
        double[] forecast = new double[horizons.furthest()];
        for (int band = 0; band < horizons.bands(); band++) {
            double[] shares = shares(band);
            int naive = bestNaive(band);
            for (int step = horizons.firstOf(band) - 1; step < horizons.lastOf(band); step++) {
                for (int temper = 0; temper < TEMPERS; temper++) {
                    forecast[step] += shares[temper] * combinations[temper][step];
                }
                if (shares[TEMPERS] > 0) {
                    forecast[step] = forecasts.get(naive)[step];
                }
            }
        }
        return forecast;
    }

    /** What stands for the forecast so many steps ahead: this, or the name of a naive method. */
    String model(int ahead) {
        int band = horizons.bandOf(ahead);
        return shares(band)[TEMPERS] > 0 ? league.name(bestNaive(band)) : NAME;
    }

    /** Shares of the methods in the forecast at a band. */
    double[] weights(int band, List<double[]> forecasts) {
        double[] shares = shares(band);
        double[] weights = new double[league.size()];
        weights[bestNaive(band)] += shares[TEMPERS];
        for (int temper = 0; temper < TEMPERS; temper++) {
            double[] own = smoothWeights(temper, forecasts)[band];
            for (int method = 0; method < weights.length; method++) {
                weights[method] += shares[temper] * own[method];
            }
        }
        return weights;
    }

    /** Shares of the combinations at a band, and last that of the best naive method: all or nothing. */
    private double[] shares(int band) {
        double[] shares = new double[TEMPERS + 1];
        if (league.isReady(league.benchmark()) && !isKnown(band, league.benchmark())) {
            shares[TEMPERS] = 1;
            return shares;
        }
        double best = leastLoss(band, league.size(), league.size() + TEMPERS);
        double others = Math.min(best, leastLoss(band, league.benchmarks(), league.size()));
        if (leastLoss(band, 0, league.benchmarks()) <= others * A_TIE) {
            shares[TEMPERS] = 1;
            return shares;
        }
        for (int temper = 0; temper < TEMPERS; temper++) {
            shares[temper] = weight(best, lossAround(band, league.size() + temper), POWER_BETWEEN);
        }
        double sum = Arrays.stream(shares).sum();
        return Arrays.stream(shares).map(share -> share / sum).toArray();
    }

    /** Losses of 0, or that are infinite since the benchmark's was 0, have no ratio: those alike share the weight. */
    private static double weight(double best, double loss, double power) {
        if (loss == best) {
            return 1;
        }
        return Double.isNaN(loss) ? 0 : Math.pow(best / loss, power);
    }

    /** The least of some losses; infinite where nothing is known. */
    private double leastLoss(int band, int from, int to) {
        double least = Double.POSITIVE_INFINITY;
        for (int row = from; row < to; row++) {
            double loss = lossAround(band, row);
            least = loss < least ? loss : least;
        }
        return least;
    }

    /** Mean loss at a band and those around it, where it is known; NaN where it is not known at the band itself. */
    private double lossAround(int band, int row) {
        if (!isKnown(band, row)) {
            return Double.NaN;
        }
        double sum = 0;
        int known = 0;
        int last = Math.min(horizons.bands() - 1, band + BANDS_AROUND);
        for (int near = Math.max(0, band - BANDS_AROUND); near <= last; near++) {
            if (isKnown(near, row)) {
                sum += skill.loss(near, row);
                known++;
            }
        }
        return sum / known;
    }

    /** Whether a loss rests on enough to be held against another one; the naive methods' at all phases of a season. */
    private boolean isKnown(int band, int row) {
        boolean atAllPhases = row < league.benchmarks() && league.isReady(league.benchmark());
        return skill.count(band, row) >= (atAllPhases ? fewest[band] : FEWEST_OCCASIONS);
    }

    /** The benchmark, or the naive method that has done better where both are known. */
    private int bestNaive(int band) {
        int best = league.isReady(league.benchmark()) ? league.benchmark() : 0;
        double least = isKnown(band, best) ? lossAround(band, best) : 0;
        for (int method = 0; method < league.benchmarks(); method++) {
            double loss = lossAround(band, method);
            if (loss * A_TIE < least) {
                least = loss;
                best = method;
            }
        }
        return best;
    }

    /** Weights at each band of horizons, with some of the neighbours' in them. */
    private double[][] smoothWeights(int temper, List<double[]> forecasts) {
        double[][] own = new double[horizons.bands()][];
        for (int band = 0; band < own.length; band++) {
            own[band] = ownWeights(temper, band, forecasts);
        }
        double[][] smooth = new double[own.length][league.size()];
        for (int band = 0; band < own.length; band++) {
            for (int method = 0; method < league.size(); method++) {
                double before = own[Math.max(0, band - 1)][method];
                double after = own[Math.min(own.length - 1, band + 1)][method];
                smooth[band][method] = (before + 2 * own[band][method] + after) / 4;
            }
        }
        return smooth;
    }

    private double[] ownWeights(int temper, int band, List<double[]> forecasts) {
        double[] losses = new double[league.size()];
        for (int method = 0; method < losses.length; method++) {
            boolean known = !Double.isNaN(forecasts.get(method)[0]) && isKnown(band, method);
            losses[method] = known ? skill.loss(band, method) : Double.POSITIVE_INFINITY;
        }
        double best = Arrays.stream(losses).min().getAsDouble();
        double[] weights = new double[losses.length];
        if (Double.isInfinite(best)) {
            weights[bestNaive(band)] = 1;
            return weights;
        }
        for (int method = 0; method < losses.length; method++) {
            weights[method] = weight(best, losses[method], POWERS[temper]);
        }
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }

    /** Sorts the methods by what they forecast; by insertion, since little changes from one step to the next. */
    private static void sort(int[] order, List<double[]> forecasts, int step) {
        for (int i = 1; i < order.length; i++) {
            int method = order[i];
            double forecast = forecasts.get(method)[step];
            int at = i;
            while (at > 0 && Double.compare(forecasts.get(order[at - 1])[step], forecast) > 0) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = method;
        }
    }

    /**
     * Half the weighted mean, and half the mean of the weighted values from the 40th to the 60th hundredth: a median
     * that does not jump where two members change places.
     *
     * @param order of the methods, by what they forecast
     */
    private static double combine(List<double[]> forecasts, double[] weights, int[] order, int step) {
        double mean = 0;
        double middle = 0;
        double passed = 0;
        for (int method : order) {
            double weight = weights[method];
            if (weight > 0) {
                double forecast = forecasts.get(method)[step];
                mean += weight * forecast;
                double from = Math.max(passed, MIDDLE_FROM);
                passed += weight;
                double inside = Math.min(passed, MIDDLE_TO) - from;
                middle += inside > 0 ? inside * forecast : 0;
            }
        }
        return (mean + middle / (MIDDLE_TO - MIDDLE_FROM)) / 2;
    }
}
