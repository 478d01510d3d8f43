package io.ag06.local;

import io.ag06.analytics.scaling.forecast.Accuracy;
import io.ag06.analytics.scaling.forecast.ForecastSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * How good the forecaster is on the series of a competition: it is shown one file and held against another. Files are
 * {@code series_id,step,value}, or as the M4 competition's: a line for each series, its name first.
 */
public final class ForecastScore {
    private final List<StoredSeries> training;
    private final Map<String, StoredSeries> came;
    private final ForecastSettings settings;

    /**
     * Reads the files.
     *
     * @param train what is shown, plain or {@code .gz}
     * @param test what comes after it: the first values of each series are held against the forecast
     * @throws StackException if one can't be read, a line is wrong, or a series of the first is not in the second
     */
    public ForecastScore(Path train, Path test, ForecastSettings settings) {
        this.training = StoredSeries.readEither(train);
        this.came =
                StoredSeries.readEither(test).stream().collect(Collectors.toMap(StoredSeries::id, Function.identity()));
        this.settings = settings;
        for (StoredSeries series : training) {
            if (!came.containsKey(series.id())) {
                throw new StackException("%s has no series %s, which %s has".formatted(test, series.id(), train));
            }
        }
    }

    /** How many series there are. */
    public int size() {
        return training.size();
    }

    /**
     * Forecasts all series and holds them against what came, on all cores.
     *
     * @param done is run after each, by any thread
     */
    public Score run(Runnable done) {
        List<Accuracy> accuracies = training.parallelStream()
                .map(series -> {
                    Accuracy accuracy = accuracy(series);
                    done.run();
                    return accuracy;
                })
                .toList();
        return new Score(
                accuracies.size(),
                mean(accuracies, Accuracy::smape),
                meanOfKnown(accuracies, Accuracy::mase),
                meanOfKnown(accuracies, Accuracy::msis),
                mean(accuracies, Accuracy::coverage80),
                mean(accuracies, Accuracy::coverage95));
    }

    private Accuracy accuracy(StoredSeries series) {
        double[] values = came.get(series.id()).values();
        double[] first = Arrays.copyOf(values, Math.min(values.length, settings.horizon()));
        int season = settings.seasons().isEmpty() ? 1 : settings.seasons().get(0);
        return Accuracy.of(
                series.values(), season, series.forecaster(settings).forecast().steps(), first);
    }

    private static double mean(List<Accuracy> accuracies, ToDoubleFunction<Accuracy> measure) {
        return accuracies.stream().mapToDouble(measure).average().getAsDouble();
    }

    private static Double meanOfKnown(List<Accuracy> accuracies, Function<Accuracy, OptionalDouble> measure) {
        OptionalDouble mean = accuracies.stream()
                .map(measure)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .average();
        return mean.isPresent() ? mean.getAsDouble() : null;
    }

    /**
     * Means over all series, each counted once (docs/scaling.md, "Measures").
     *
     * @param mase null where no series has one
     * @param msis null where no series has one
     */
    public record Score(int series, double smape, Double mase, Double msis, double coverage80, double coverage95) {}
}
