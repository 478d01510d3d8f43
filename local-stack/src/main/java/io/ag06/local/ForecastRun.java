package io.ag06.local;

import io.ag06.analytics.scaling.forecast.Forecast;
import io.ag06.analytics.scaling.forecast.ForecastSettings;
import io.ag06.analytics.scaling.forecast.ForecastStep;
import io.ag06.analytics.scaling.forecast.Forecaster;
import io.ag06.analytics.scaling.forecast.Standing;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The forecaster on the series of a file, on all cores. A series that can't be forecast does not keep the others. */
public final class ForecastRun {
    private static final Logger LOG = LoggerFactory.getLogger(ForecastRun.class);

    private static final String FORECASTS = "series_id,step,mean,lo80,hi80,lo95,hi95,model";
    private static final String LEAGUE = "series_id,from_ahead,to_ahead,method,skill,weight";
    private static final String QUALITY = "series_id,assumption";
    private static final String NO_VALUES = "it has no values, so it was not forecast";

    private static final MathContext DIGITS = new MathContext(10);
    private static final int SHOWN_SERIES = 10;

    private final SeriesFile file;
    private final Function<StoredSeries, Forecaster> forecasters;

    /**
     * Reads the file.
     *
     * @param input CSV {@code series_id,step,value}, plain or {@code .gz}; steps of a series ascend
     * @throws StackException if it can't be read, or a line is wrong
     */
    public ForecastRun(Path input, ForecastSettings settings) {
        this(input, series -> series.forecaster(settings));
    }

    ForecastRun(Path input, Function<StoredSeries, Forecaster> forecasters) {
        this.file = SeriesFile.read(input);
        this.forecasters = forecasters;
    }

    /** How many series there are that have values. */
    public int size() {
        return file.measured().size();
    }

    /**
     * Forecasts all series.
     *
     * @param league whether the league's tables are wanted, too
     * @param done is run after each, by any thread
     */
    public Result run(boolean league, Runnable done) {
        List<OneSeries> all = file.measured().parallelStream()
                .map(one -> {
                    OneSeries forecast = forecast(one, league);
                    done.run();
                    return forecast;
                })
                .toList();
        return new Result(file, all);
    }

    private OneSeries forecast(StoredSeries series, boolean league) {
        try {
            Forecaster forecaster = forecasters.apply(series);
            Forecast forecast = forecaster.forecast();
            List<Standing> standings = league ? forecaster.standings() : List.of();
            return forecast.steps().stream().allMatch(ForecastRun::isFinite)
                    ? new OneSeries(series, Optional.of(forecast), standings, "")
                    : OneSeries.failed(series, "its values are too large to compute with");
        } catch (RuntimeException e) {
            LOG.error("Series {} of {} can't be forecast", series.id(), file.path(), e);
            return OneSeries.failed(series, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private static boolean isFinite(ForecastStep step) {
        return DoubleStream.of(step.mean(), step.lo80(), step.hi80(), step.lo95(), step.hi95())
                .allMatch(Double::isFinite);
    }

    /** @param failure why there is no forecast; empty where there is one */
    private record OneSeries(
            StoredSeries series, Optional<Forecast> forecast, List<Standing> standings, String failure) {
        static OneSeries failed(StoredSeries series, String failure) {
            return new OneSeries(series, Optional.empty(), List.of(), failure);
        }
    }

    /** What there is to say of a series. */
    private record Remark(String id, List<String> words) {
        String text() {
            return id + ": " + String.join("; ", words);
        }

        Stream<String> lines() {
            return words.stream().map(one -> "%s,\"%s\"".formatted(id, one.replace("\"", "\"\"")));
        }
    }

    /** The forecasts of all series. */
    public static final class Result {
        private final SeriesFile file;
        private final List<OneSeries> forecasts;
        private final List<OneSeries> failed;
        private final List<Remark> remarks;

        private Result(SeriesFile file, List<OneSeries> all) {
            this.file = file;
            this.forecasts =
                    all.stream().filter(one -> one.forecast().isPresent()).toList();
            this.failed = all.stream().filter(one -> one.forecast().isEmpty()).toList();
            this.remarks = new ArrayList<>();
            failed.forEach(one ->
                    remarks.add(new Remark(one.series().id(), List.of("it could not be forecast: " + one.failure()))));
            file.empty().forEach(id -> remarks.add(new Remark(id, List.of(NO_VALUES))));
            forecasts.forEach(one -> {
                List<String> words = one.forecast().orElseThrow().quality().assumptions();
                if (!words.isEmpty()) {
                    remarks.add(new Remark(one.series().id(), words));
                }
            });
        }

        /** Whether any series could be forecast, so that there is something to write. */
        public boolean isAny() {
            return !forecasts.isEmpty();
        }

        /**
         * Writes the forecasts as CSV; steps count on from each series' last.
         *
         * @param output standard output where there is none
         */
        public void writeForecasts(Optional<OutputFile> output) {
            Stream<String> lines = forecasts.stream().flatMap(Result::forecastLines);
            output.ifPresentOrElse(
                    to -> to.write(FORECASTS, lines), () -> OutputFile.writeTo(System.out, FORECASTS, lines));
        }

        /** Writes the leagues' tables as CSV. */
        public void writeLeague(OutputFile output) {
            output.write(LEAGUE, forecasts.stream().flatMap(Result::leagueLines));
        }

        /** Writes all that had to be assumed as CSV, a line for each assumption. */
        public void writeQuality(OutputFile output) {
            output.write(QUALITY, remarks.stream().flatMap(Remark::lines));
        }

        private static Stream<String> forecastLines(OneSeries one) {
            return one.forecast().orElseThrow().steps().stream()
                    .map(step -> String.join(
                            ",",
                            one.series().id(),
                            Long.toString(one.series().lastStep() + step.ahead()),
                            text(step.mean()),
                            text(step.lo80()),
                            text(step.hi80()),
                            text(step.lo95()),
                            text(step.hi95()),
                            step.model()));
        }

        private static Stream<String> leagueLines(OneSeries one) {
            return one.standings().stream()
                    .map(standing -> String.join(
                            ",",
                            one.series().id(),
                            Integer.toString(standing.fromAhead()),
                            Integer.toString(standing.toAhead()),
                            "\"" + standing.method() + "\"",
                            standing.skill().isPresent() ? text(standing.skill().getAsDouble()) : "",
                            text(standing.weight())));
        }

        /**
         * What had to be assumed, a line for each of the first series where anything had, and for the others one. Those
         * that failed are not among them.
         *
         * @param quality where all of it is written; absent where it is not
         */
        public List<String> assumptions(Optional<OutputFile> quality) {
            // Those that failed are in the message that ends the command.
            List<String> lines = remarks.stream()
                    .skip(failed.size())
                    .limit(SHOWN_SERIES)
                    .map(Remark::text)
                    .collect(Collectors.toCollection(ArrayList::new));
            int more = remarks.size() - failed.size() - lines.size();
            if (more > 0) {
                lines.add(String.format(
                        Locale.ROOT,
                        "and %,d more series with assumptions; %s",
                        more,
                        quality.map(all -> "all are in " + all).orElse("--quality FILE writes all of them")));
            }
            return lines;
        }

        /** What went wrong, on one line; empty where nothing did. */
        public Optional<String> failure() {
            if (failed.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(String.format(
                    Locale.ROOT,
                    "%s: %,d of %,d series could not be forecast%s: %s%s",
                    file.path(),
                    failed.size(),
                    failed.size() + forecasts.size(),
                    forecasts.isEmpty() ? "" : " (the others were)",
                    failed.stream()
                            .limit(SHOWN_SERIES)
                            .map(one -> "%s, %s".formatted(one.series().id(), one.failure()))
                            .collect(Collectors.joining("; ")),
                    failed.size() > SHOWN_SERIES ? "; ..." : ""));
        }

        private static String text(double value) {
            BigDecimal rounded = new BigDecimal(value).round(DIGITS);
            return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
        }
    }
}
