package io.ag06.local.cli;

import io.ag06.local.ForecastScore;
import io.ag06.local.ForecastScore.Measures;
import io.ag06.local.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Scores the forecaster on series whose future is known. */
@Command(
        name = "forecast-score",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the scaling job's forecaster one file of series and holds its forecasts against another, beside the",
            "naive, the seasonal naive and the M4 competition's Naive2 method: sMAPE, MASE, MSIS, OWA, and coverage and",
            "width of the intervals, each series counted once (docs/scaling.md, Measures). MASE, MSIS and widths are in",
            "units of the mean change from one cycle of the first season to the next. Files are CSV",
            "(series_id,step,value), or as the M4 competition's: a line for each series, its name first, with the",
            "header V1,V2,... or without. Steps of --test go on from those of --train, or count anew from 1; there are",
            "as many as the horizon, or more."
        },
        footer = {
            "",
            "Example:",
            "  ag06 forecast-score --train Hourly-train.csv --test Hourly-test.csv \\",
            "    --horizon 48 --seasons 24,168"
        })
final class ForecastScoreCommand implements Callable<Integer> {
    @Option(names = "--train", required = true, paramLabel = "FILE", description = "What is shown, plain or .gz.")
    private Path train;

    @Option(names = "--test", required = true, paramLabel = "FILE", description = "What comes after it, plain or .gz.")
    private Path test;

    @Mixin
    private ForecastOptions forecast;

    @Option(names = "--json", description = "Print one JSON object, and nothing else, on standard output.")
    private boolean json;

    @Override
    public Integer call() {
        ForecastScore run = new ForecastScore(train, test, forecast.settings());
        ForecastScore.Score score;
        try (TerminalBar bar = StepBar.of("Scoring", run.size(), " series")) {
            score = run.run(bar::step);
        }
        System.out.print(json ? Json.pretty(score) : text(score));
        run.remarks().forEach(System.err::println);
        if (score.scaledSeries() < score.series()) {
            System.err.println(String.format(
                    Locale.ROOT,
                    "MASE, MSIS and widths are of %,d series; the others never changed from one cycle to the next",
                    score.scaledSeries()));
        }
        return 0;
    }

    private static String text(ForecastScore.Score score) {
        TextTable table = new TextTable(1)
                .row(
                        String.format(Locale.ROOT, "%,d series", score.series()),
                        "ours",
                        "naive",
                        "seasonal naive",
                        "Naive2");
        Map<String, Measures> baselines = score.baselines();
        List<Measures> columns =
                List.of(score.ours(), baselines.get("naive"), baselines.get("seasonal_naive"), baselines.get("naive2"));
        add(table, "sMAPE", columns, Measures::smape);
        add(table, "MASE", columns, Measures::mase);
        add(table, "MSIS", columns, Measures::msis);
        add(table, "OWA", columns, Measures::owa);
        add(table, "coverage of 80 %", columns, Measures::coverage80);
        add(table, "coverage of 95 %", columns, Measures::coverage95);
        add(table, "width of 80 %", columns, Measures::width80);
        add(table, "width of 95 %", columns, Measures::width95);
        return table.toString();
    }

    private static void add(TextTable table, String name, List<Measures> columns, Function<Measures, Double> measure) {
        table.row(Stream.concat(Stream.of(name), columns.stream().map(measure).map(ForecastScoreCommand::number))
                .toArray(String[]::new));
    }

    private static String number(Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }
}
