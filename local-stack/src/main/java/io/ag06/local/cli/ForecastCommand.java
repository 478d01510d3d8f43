package io.ag06.local.cli;

import io.ag06.local.ForecastRun;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Forecasts series. */
@Command(
        name = "forecast",
        mixinStandardHelpOptions = true,
        description = {
            "Forecasts the series of a CSV file (series_id,step,value) with intervals, by the scaling job's forecaster.",
            "A missing step or an empty value is a gap; what had to be assumed is said on standard error."
        },
        footer = {
            "",
            "Example:",
            "  ag06 forecast --input load.csv.gz --horizon 48 --seasons 24,168 --output forecast.csv"
        })
final class ForecastCommand implements Callable<Integer> {
    @Option(names = "--input", required = true, paramLabel = "FILE", description = "The series, plain or .gz.")
    private Path input;

    @Mixin
    private ForecastOptions forecast;

    @Option(names = "--output", paramLabel = "FILE", description = "Where forecasts go (default: standard output).")
    private Path output;

    @Option(
            names = "--league",
            paramLabel = "FILE",
            description = "Where the table of methods goes: who, skill and weight at each horizon.")
    private Path league;

    @Override
    public Integer call() {
        ForecastRun run = new ForecastRun(input, forecast.settings());
        ForecastRun.Result result;
        try (ProgressBar bar = StepBar.of("Forecasting", run.size(), " series")) {
            result = run.run(bar::step);
        }
        result.writeForecasts(Optional.ofNullable(output));
        if (league != null) {
            result.writeLeague(league);
        }
        result.assumptions().forEach(System.err::println);
        return 0;
    }
}
