package io.ag06.local;

import io.ag06.analytics.scaling.forecast.Forecast;
import io.ag06.analytics.scaling.forecast.ForecastSettings;
import io.ag06.analytics.scaling.forecast.Forecaster;
import io.ag06.analytics.scaling.forecast.Standing;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The forecaster on the series of a file, on all cores. */
public final class ForecastRun {
    private static final MathContext DIGITS = new MathContext(10);
    private static final int SHOWN_SERIES = 10;

    private final List<StoredSeries> series;
    private final ForecastSettings settings;

    /**
     * Reads the file.
     *
     * @param input CSV {@code series_id,step,value}, plain or {@code .gz}; steps of a series ascend
     * @throws StackException if it can't be read, or a line is wrong
     */
    public ForecastRun(Path input, ForecastSettings settings) {
        this.series = StoredSeries.read(input);
        this.settings = settings;
    }

    /** How many series there are. */
    public int size() {
        return series.size();
    }

    /**
     * Forecasts all series.
     *
     * @param done is run after each, by any thread
     */
    public Result run(Runnable done) {
        List<OneSeries> forecasts = series.parallelStream()
                .map(one -> {
                    Forecaster forecaster = one.forecaster(settings);
                    OneSeries forecast = new OneSeries(one, forecaster.forecast(), forecaster.standings());
                    done.run();
                    return forecast;
                })
                .toList();
        return new Result(forecasts);
    }

    private record OneSeries(StoredSeries series, Forecast forecast, List<Standing> standings) {}

    /** The forecasts of all series. */
    public static final class Result {
        private final List<OneSeries> forecasts;

        private Result(List<OneSeries> forecasts) {
            this.forecasts = forecasts;
        }

        /**
         * Writes the forecasts as CSV; steps count on from each series' last.
         *
         * @param file standard output where there is none
         */
        public void writeForecasts(Optional<Path> file) {
            write(
                    file,
                    forecasts.stream().flatMap(Result::forecastLines),
                    "series_id,step,mean,lo80,hi80,lo95,hi95,model");
        }

        /** Writes the leagues' tables as CSV. */
        public void writeLeague(Path file) {
            write(
                    Optional.of(file),
                    forecasts.stream().flatMap(Result::leagueLines),
                    "series_id,from_ahead,to_ahead,method,skill,weight");
        }

        private static Stream<String> forecastLines(OneSeries one) {
            return one.forecast().steps().stream()
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

        private static void write(Optional<Path> file, Stream<String> lines, String header) {
            try (Writer out = file.isPresent() ? Files.newBufferedWriter(file.get()) : new StandardOutput()) {
                out.write(header + "\n");
                for (String line : (Iterable<String>) lines::iterator) {
                    out.write(line + "\n");
                }
            } catch (IOException e) {
                throw new StackException(
                        "%s can't be written: %s"
                                .formatted(file.map(Path::toString).orElse("Standard output"), e),
                        e);
            }
        }

        /** What had to be assumed, a line for each series where anything had, and for the others one. */
        public List<String> assumptions() {
            List<String> lines = new ArrayList<>();
            int more = 0;
            for (OneSeries one : forecasts) {
                List<String> assumptions = one.forecast().quality().assumptions();
                if (!assumptions.isEmpty() && lines.size() < SHOWN_SERIES) {
                    lines.add(one.series().id() + ": " + String.join("; ", assumptions));
                } else if (!assumptions.isEmpty()) {
                    more++;
                }
            }
            if (more > 0) {
                lines.add("and %,d more series with assumptions".formatted(more));
            }
            return lines;
        }

        private static String text(double value) {
            BigDecimal rounded = new BigDecimal(value).round(DIGITS);
            return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
        }
    }

    /** Standard output, which stays open. */
    private static final class StandardOutput extends OutputStreamWriter {
        StandardOutput() {
            super(System.out, StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
