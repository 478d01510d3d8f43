package io.ag06.analytics.scaling.forecast;

import io.ag06.analytics.scaling.memory.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Forecasts one regular series, online. Each value is shown once ({@link #observe}); a forecast can be asked for at any
 * time ({@link #forecast}). There is no training: the {@link League} learns with each value, its {@link Backtest} holds
 * what was forecast against what came, and the {@link Combination} and the {@link Intervals} follow from that.
 *
 * <p>Work for a value is constant or grows with the longest season; what is remembered is one array of numbers whose
 * length depends on the settings alone ({@link #size}, docs/scaling.md has the figures), so that it can be saved,
 * counted and restored. Results depend on the values and their order alone. Not thread-safe.
 */
public final class Forecaster {
    private static final double FEWEST_STEPS_OF_SKILL = 100;
    /** A value is far off where the surprise is so many times what was expected. */
    private static final double FAR_OFF = 12;
    /** So many values far off on the same side are no outliers but a new level. */
    private static final int SHIFT_AFTER = 3;

    private static final double[] SHARES = {0.025, 0.1, 0.9, 0.975};

    private final ForecastSettings settings;
    private final Memory memory = new Memory();
    private final Units units;
    private final Horizons horizons;
    private final League league;
    private final Skill skill;
    private final Backtest backtest;
    private final Combination combination;
    private final Intervals intervals;
    private final Watch watch;
    private final double[] last;

    /** A forecaster that has seen nothing. */
    public Forecaster(ForecastSettings settings) {
        this.settings = settings;
        this.units = new Units(memory);
        this.horizons = new Horizons(settings.horizon());
        this.league = new League(settings, memory);
        int rows = league.size() + Combination.TEMPERS + 1;
        this.skill =
                new Skill(memory, horizons.bands(), rows, Math.max(FEWEST_STEPS_OF_SKILL, settings.longestSeason()));
        this.backtest = new Backtest(memory, horizons, rows + 2);
        this.combination = new Combination(
                league,
                skill,
                horizons,
                new QuietPhases(league.values(), settings.seasons()),
                settings.shortestSeason(),
                backtest.stride());
        this.intervals = new Intervals(memory, horizons, settings, backtest.stride());
        this.watch = new Watch(memory);
        // The forecast that was made last, and after which step.
        this.last = memory.numbers(settings.horizon() + 1);
    }

    /**
     * A forecaster as it was saved.
     *
     * @param settings those it had
     * @param saved what {@link #save} gave
     */
    public static Forecaster restored(ForecastSettings settings, double[] saved) {
        var forecaster = new Forecaster(settings);
        forecaster.memory.restore(saved);
        return forecaster;
    }

    /** All that it remembers. */
    public double[] save() {
        return memory.save();
    }

    /** Remembers from now on what another one of the same settings does. */
    public void become(Forecaster other) {
        memory.copy(other.memory);
    }

    /** How many numbers it remembers: always as many. */
    public int size() {
        return memory.size();
    }

    /**
     * Takes in the next value. A gap is filled by the forecast and judges nobody; gaps before the first value are not
     * counted.
     *
     * @param measured NaN (or infinite) where the step has none
     */
    public void observe(double measured) {
        long step = league.values().size() + 1;
        if (!Double.isFinite(measured)) {
            if (watch.hasBegun()) {
                watch.gap();
                learn(step, expected(step));
            }
            return;
        }
        double value = units.in(measured);
        double believed = watch.hasBegun() ? believed(step, value) : value;
        watch.value(value);
        skill.age(believed);
        intervals.observe(believed);
        backtest.due(step, (horizon, forecasts) -> judge(step, horizon, value, believed, forecasts));
        learn(step, believed);
    }

    /** What the last forecast said of a step. */
    private double expected(long step) {
        long ago = step - (long) last[0];
        return last[0] == 0 ? league.values().ago(1) : last[(int) ago];
    }

    /** The value, or, where it is far off and may be an outlier, as much of it as is believed. */
    private double believed(long step, double value) {
        double surprise = value - expected(step);
        double limit = FAR_OFF * intervals.volatilityAt(step);
        // Where all was without error so far, nothing tells an outlier from the first of many.
        if (!intervals.isCalibrated() || limit == 0 || Math.abs(surprise) <= limit) {
            watch.near();
            return value;
        }
        watch.farOff(Math.signum(surprise));
        if (watch.farOffInARow() >= SHIFT_AFTER) {
            watch.shifted();
            return value;
        }
        watch.tempered();
        return expected(step) + Math.signum(surprise) * limit;
    }

    private void judge(long step, int horizon, double value, double believed, double[] forecasts) {
        double seasonal = forecasts[league.benchmark()];
        double benchmark = Double.isNaN(seasonal) ? forecasts[0] : seasonal;
        int band = horizons.bandOf(horizon);
        if (!Double.isNaN(seasonal) && skill.count(band, league.benchmark()) == 0) {
            skill.forget(band);
        }
        int last = league.size() + Combination.TEMPERS;
        for (int row = 0; row <= last; row++) {
            if (!Double.isNaN(forecasts[row])) {
                skill.book(band, row, believed, forecasts[row], benchmark);
            }
        }
        intervals.book(
                step,
                horizon,
                forecasts[last],
                value - forecasts[last],
                believed - forecasts[last],
                forecasts[last + 1],
                forecasts[last + 2]);
    }

    private void learn(long step, double value) {
        league.observe(value);
        if (backtest.isDue(step)) {
            List<double[]> rows = new ArrayList<>(league.forecasts());
            double[][] combinations = combination.combinations(rows);
            double[] mean = combination.forecast(rows, combinations);
            rows.addAll(List.of(combinations));
            rows.add(mean);
            rows.add(intervals.expectedByForecast(mean));
            rows.add(intervals.expectedByVolatility(step, mean.length));
            backtest.keep(step, rows);
            last[0] = step;
            System.arraycopy(mean, 0, last, 1, mean.length);
        }
    }

    /** Whether a value was observed, so that there is a forecast. */
    public boolean hasBegun() {
        return watch.hasBegun();
    }

    /** What a forecast made now rests on: that of {@link #forecast}. */
    public Quality quality() {
        return watch.quality(settings, intervals.isCalibrated());
    }

    /**
     * The forecast of 1, 2, … steps ahead without its intervals: the means of {@link #forecast}.
     *
     * @throws IllegalStateException if no value was observed yet
     */
    public double[] means() {
        requireBegun();
        return Arrays.stream(mean()).map(this::bounded).toArray();
    }

    private double[] mean() {
        if (last[0] == league.values().size()) {
            return Arrays.copyOfRange(last, 1, last.length);
        }
        List<double[]> rows = league.forecasts();
        return combination.forecast(rows, combination.combinations(rows));
    }

    private void requireBegun() {
        if (!watch.hasBegun()) {
            throw new IllegalStateException("A series without a value can't be forecast");
        }
    }

    /**
     * Forecasts from the last step on.
     *
     * @throws IllegalStateException if no value was observed yet
     */
    public Forecast forecast() {
        requireBegun();
        double[] mean = mean();
        double[][] bounds = intervals.bounds(league.values().size(), mean, SHARES, watch);
        List<ForecastStep> steps = new ArrayList<>(mean.length);
        for (int i = 0; i < mean.length; i++) {
            steps.add(step(i + 1, bounded(mean[i]), bounds));
        }
        return new Forecast(steps, watch.quality(settings, intervals.isCalibrated()));
    }

    private ForecastStep step(int stepsAhead, double mean, double[][] bounds) {
        int i = stepsAhead - 1;
        double lo80 = Math.min(mean, bounded(bounds[1][i]));
        double hi80 = Math.max(mean, bounded(bounds[2][i]));
        double lo95 = Math.min(lo80, bounded(bounds[0][i]));
        double hi95 = Math.max(hi80, bounded(bounds[3][i]));
        return new ForecastStep(stepsAhead, mean, lo80, hi80, lo95, hi95, combination.model(stepsAhead));
    }

    /** A number of the forecast in the series' units; where no value was ever below zero, none is expected to be. */
    private double bounded(double value) {
        return units.out(watch.isNeverNegative() ? Math.max(0, value) : value);
    }

    /** The league's table: each method at each band of horizons. */
    public List<Standing> standings() {
        List<double[]> rows = league.forecasts();
        List<Standing> standings = new ArrayList<>();
        for (int band = 0; band < horizons.bands(); band++) {
            double[] weights = combination.weights(band, rows);
            for (int method = 0; method < league.size(); method++) {
                double loss = skill.loss(band, method);
                standings.add(new Standing(
                        league.name(method),
                        horizons.firstOf(band),
                        horizons.lastOf(band),
                        Double.isFinite(loss) ? OptionalDouble.of(1 - loss) : OptionalDouble.empty(),
                        weights[method]));
            }
        }
        return standings;
    }
}
