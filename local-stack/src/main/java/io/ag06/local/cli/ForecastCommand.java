package io.ag06.local.cli;

import io.ag06.local.ForecastRun;
import io.ag06.local.OutputFile;
import io.ag06.local.StackException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Forecasts series. */
@Command(
        name = "forecast",
        mixinStandardHelpOptions = true,
        description = {
            "Forecasts the series of a CSV file (series_id,step,value) with intervals, by the scaling job's forecaster.",
            "A missing step or an empty value is a gap. What had to be assumed is said on standard error, of the first",
            "series, and of all in the file of --quality. Files whose names end in .gz are compressed; each is there as",
            "a whole or not at all. A series that can't be forecast is named, the others are forecast, and the exit",
            "status is 1."
        },
        footer = {
            "",
            "Example:",
            "  ag06 forecast --input load.csv.gz --horizon 48 --seasons 24,168 \\",
            "    --output forecast.csv"
        })
final class ForecastCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

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

    @Option(
            names = "--quality",
            paramLabel = "FILE",
            description = "Where all that had to be assumed goes: a line for each assumption of each series.")
    private Path quality;

    @Override
    public Integer call() {
        NamedFiles files = new NamedFiles(spec).reading("--input", input);
        Optional<OutputFile> forecasts = files.writing("--output", output);
        Optional<OutputFile> methods = files.writing("--league", league);
        Optional<OutputFile> assumptions = files.writing("--quality", quality);
        ForecastRun run = new ForecastRun(input, forecast.settings());
        ForecastRun.Result result;
        try (TerminalBar bar = StepBar.of("Forecasting", run.size(), " series")) {
            result = run.run(methods.isPresent(), bar::step);
        }
        if (result.isAny()) {
            result.writeForecasts(forecasts);
            methods.ifPresent(result::writeLeague);
        }
        assumptions.ifPresent(result::writeQuality);
        result.assumptions(assumptions).forEach(System.err::println);
        result.failure().ifPresent(failure -> {
            throw new StackException(failure);
        });
        return 0;
    }
}
