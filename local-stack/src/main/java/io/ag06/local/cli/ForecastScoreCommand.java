package io.ag06.local.cli;

import io.ag06.local.ForecastScore;
import io.ag06.local.Json;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Scores the forecaster on series whose future is known. */
@Command(
        name = "forecast-score",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the scaling job's forecaster one file of series and holds its forecasts against another: sMAPE,",
            "MASE, MSIS and the coverage of its intervals, each series counted once. Files are CSV",
            "(series_id,step,value), or as the M4 competition's: a line for each series, its name first."
        },
        footer = {
            "",
            "Example:",
            "  ag06 forecast-score --train Hourly-train.csv --test Hourly-test.csv --horizon 48 --seasons 24,168"
        })
final class ForecastScoreCommand implements Callable<Integer> {
    @Option(names = "--train", required = true, paramLabel = "FILE", description = "What is shown, plain or .gz.")
    private Path train;

    @Option(names = "--test", required = true, paramLabel = "FILE", description = "What comes after it.")
    private Path test;

    @Mixin
    private ForecastOptions forecast;

    @Option(names = "--json", description = "Print one JSON object, and nothing else, on standard output.")
    private boolean json;

    @Override
    public Integer call() {
        ForecastScore run = new ForecastScore(train, test, forecast.settings());
        ForecastScore.Score score;
        try (ProgressBar bar = StepBar.of("Scoring", run.size(), " series")) {
            score = run.run(bar::step);
        }
        System.out.print(json ? Json.pretty(score) : text(score));
        return 0;
    }

    private static String text(ForecastScore.Score score) {
        return new TextTable(1)
                .row("series", "%,d".formatted(score.series()))
                .row("sMAPE", number(score.smape()))
                .row("MASE", number(score.mase()))
                .row("MSIS", number(score.msis()))
                .row("coverage of 80 %", number(score.coverage80()))
                .row("coverage of 95 %", number(score.coverage95()))
                .toString();
    }

    private static String number(Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }
}
