package io.ag06.local;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.ag06.analytics.scaling.forecast.Accuracy;
import io.ag06.analytics.scaling.forecast.Benchmark;
import io.ag06.analytics.scaling.forecast.ForecastSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * How good the forecaster is on series whose future is known: it is shown one file and held against another, beside
 * forecasts that need no forecaster. Files are {@code series_id,step,value}, or as the M4 competition's: a line for
 * each series, its name first. What comes after has steps that go on from what was shown, or that count anew from 1, as
 * a line for each series does.
 */
public final class ForecastScore {
    private static final int SHOWN_SERIES = 10;

    private final SeriesFile train;
    private final SeriesFile test;
    private final ForecastSettings settings;
    private final List<Shown> shown = new ArrayList<>();
    private final List<String> withoutFuture = new ArrayList<>();
    private int countedAnew;

    /** A series, and what came after it. */
    private record Shown(StoredSeries series, StoredSeries future) {
        /** The values of the first steps, NaN where there is none. */
        double[] came(int horizon) {
            return Arrays.copyOf(future.values(), horizon);
        }

        int gaps(int horizon) {
            return (int) Arrays.stream(came(horizon)).filter(Double::isNaN).count();
        }
    }

    /**
     * Reads the files.
     *
     * @param train what is shown, plain or {@code .gz}
     * @param test what comes after it: the first values of each series are held against the forecast
     * @throws StackException if one can't be read or a line is wrong; or if a series of the first has not as many steps
     *     in the second as are forecast, or others than those that come next
     */
    public ForecastScore(Path train, Path test, ForecastSettings settings) {
        this.train = SeriesFile.readEither(train);
        this.test = SeriesFile.readEither(test);
        this.settings = settings;
        this.train.measured().forEach(this::add);
        if (shown.isEmpty()) {
            throw new StackException(
                    "%s has no value within a horizon of %d after %s".formatted(test, settings.horizon(), train));
        }
    }

    private void add(StoredSeries series) {
        StoredSeries future = test.named(series)
                .orElseThrow(() -> new StackException(
                        "%s has no series %s, which %s has".formatted(test.path(), series.id(), train.path())));
        requireNext(series, future);
        if (series.isTooLarge() || future.isTooLarge()) {
            throw new StackException("Values of series %s are too large to compute with".formatted(series.id()));
        }
        if (future.size() < settings.horizon()) {
            throw new StackException("%s has %s of series %s after %s; a horizon of %d needs as many"
                    .formatted(test.path(), steps(future.size()), series.id(), train.path(), settings.horizon()));
        }
        var one = new Shown(series, future);
        if (one.gaps(settings.horizon()) == settings.horizon()) {
            withoutFuture.add(series.id());
        } else {
            shown.add(one);
        }
    }

    private void requireNext(StoredSeries series, StoredSeries future) {
        if (future.firstStep() == series.lastStep() + 1 && !test.hasLineForEach()) {
            return;
        }
        if (future.firstStep() != 1) {
            throw new StackException(
                    "%s begins with step %d of series %s; after %s comes step %d (or steps count anew from 1)"
                            .formatted(
                                    test.path(), future.firstStep(), series.id(), train.path(), series.lastStep() + 1));
        }
        if (isShownAgain(series.values(), future.values())) {
            throw new StackException("%s has of series %s again what %s has; only what comes after it can be scored"
                    .formatted(test.path(), series.id(), train.path()));
        }
        countedAnew += test.hasLineForEach() ? 0 : 1;
    }

    /** Whether a series begins as the one that was shown; of one that never changes nobody can tell. */
    private static boolean isShownAgain(double[] values, double[] future) {
        return future.length >= values.length
                && Arrays.stream(values).distinct().count() > 1
                && Arrays.equals(Arrays.copyOf(future, values.length), values);
    }

    private static String steps(int count) {
        return count == 1 ? "1 step" : count + " steps";
    }

    /** How many series there are. */
    public int size() {
        return shown.size();
    }

    /** What a reader of the score should know of the files, a line for each; often there is nothing. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (countedAnew > 0) {
            remarks.add("The steps of %s count anew from 1; its first is taken as the one after the last of %s"
                    .formatted(test.path(), train.path()));
        }
        addNamed(remarks, train.empty(), "without a value in %s, left out".formatted(train.path()));
        addNamed(remarks, withoutFuture, "without a value in %s, left out".formatted(test.path()));
        List<String> unknown =
                test.ids().stream().filter(id -> !train.ids().contains(id)).toList();
        addNamed(remarks, unknown, "that %s does not have, left out".formatted(train.path()));
        long gaps =
                shown.stream().mapToLong(one -> one.gaps(settings.horizon())).sum();
        if (gaps > 0) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "%s has no value for %,d of the %,d steps that are forecast; they count nowhere",
                    test.path(),
                    gaps,
                    (long) shown.size() * settings.horizon()));
        }
        return remarks;
    }

    private static void addNamed(List<String> remarks, List<String> ids, String what) {
        if (!ids.isEmpty()) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "%,d series %s: %s%s",
                    ids.size(),
                    what,
                    String.join(", ", ids.subList(0, Math.min(ids.size(), SHOWN_SERIES))),
                    ids.size() > SHOWN_SERIES ? ", ..." : ""));
        }
    }

    /**
     * Forecasts all series and holds them against what came, on all cores.
     *
     * @param done is run after each, by any thread
     */
    public Score run(Runnable done) {
        List<Scored> all = shown.parallelStream()
                .map(one -> {
                    Scored scored = scored(one);
                    done.run();
                    return scored;
                })
                .toList();
        List<Accuracy> naive2 =
                all.stream().map(one -> one.benchmarks.get(Benchmark.NAIVE2)).toList();
        Map<String, Measures> baselines = new LinkedHashMap<>();
        for (Benchmark benchmark : Benchmark.values()) {
            List<Accuracy> accuracies =
                    all.stream().map(one -> one.benchmarks.get(benchmark)).toList();
            baselines.put(
                    benchmark.name().toLowerCase(Locale.ROOT),
                    Measures.of(accuracies, naive2, benchmark.hasIntervals()));
        }
        List<Accuracy> ours = all.stream().map(Scored::ours).toList();
        int changing = (int) ours.stream().filter(one -> one.mase().isPresent()).count();
        return new Score(all.size(), changing, Measures.of(ours, naive2, true), baselines);
    }

    private record Scored(Accuracy ours, Map<Benchmark, Accuracy> benchmarks) {}

    private Scored scored(Shown one) {
        double[] values = one.series().values();
        double[] came = one.came(settings.horizon());
        int season = settings.seasons().isEmpty() ? 1 : settings.seasons().get(0);
        Map<Benchmark, Accuracy> benchmarks = new EnumMap<>(Benchmark.class);
        for (Benchmark benchmark : Benchmark.values()) {
            benchmarks.put(
                    benchmark,
                    Accuracy.of(values, season, benchmark.forecast(values, season, settings.horizon()), came));
        }
        return new Scored(
                Accuracy.of(
                        values,
                        season,
                        one.series().forecaster(settings).forecast().steps(),
                        came),
                benchmarks);
    }

    /**
     * Means over all series, each counted once (docs/scaling.md, "Measures").
     *
     * @param scaledSeries those that ever changed from one season to the next, so that they have a MASE, an MSIS and
     *     widths
     * @param ours of the forecaster
     * @param baselines of the {@link Benchmark}s, by their names
     */
    public record Score(
            int series, int scaledSeries, @JsonUnwrapped Measures ours, Map<String, Measures> baselines) {}

    /**
     * Means over all series that have the measure; null where none has.
     *
     * @param owa mean of sMAPE and MASE, each in units of the Naive2 method's; null where one of those is 0
     */
    public record Measures(
            Double smape,
            Double mase,
            Double msis,
            Double owa,
            Double coverage80,
            Double coverage95,
            Double width80,
            Double width95) {
        private static Measures of(List<Accuracy> accuracies, List<Accuracy> naive2, boolean intervals) {
            Double smape = mean(accuracies, one -> OptionalDouble.of(one.smape()));
            Double mase = mean(accuracies, Accuracy::mase);
            Double relativeSmape = ratio(smape, mean(naive2, one -> OptionalDouble.of(one.smape())));
            Double relativeMase = ratio(mase, mean(naive2, Accuracy::mase));
            Double owa = relativeSmape == null || relativeMase == null ? null : (relativeSmape + relativeMase) / 2;
            List<Accuracy> bounded = intervals ? accuracies : List.of();
            return new Measures(
                    smape,
                    mase,
                    mean(bounded, Accuracy::msis),
                    owa,
                    mean(bounded, one -> OptionalDouble.of(one.coverage80())),
                    mean(bounded, one -> OptionalDouble.of(one.coverage95())),
                    mean(bounded, Accuracy::width80),
                    mean(bounded, Accuracy::width95));
        }

        private static Double ratio(Double measure, Double unit) {
            return measure == null || unit == null || unit == 0 ? null : measure / unit;
        }

        private static Double mean(List<Accuracy> accuracies, Function<Accuracy, OptionalDouble> measure) {
            OptionalDouble mean = accuracies.stream()
                    .map(measure)
                    .filter(OptionalDouble::isPresent)
                    .mapToDouble(OptionalDouble::getAsDouble)
                    .average();
            return mean.isPresent() && Double.isFinite(mean.getAsDouble()) ? mean.getAsDouble() : null;
        }
    }
}
