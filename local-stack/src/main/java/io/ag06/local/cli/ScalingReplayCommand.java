package io.ag06.local.cli;

import io.ag06.analytics.scaling.decision.ScalingSettings;
import io.ag06.analytics.scaling.replay.ReplayResult;
import io.ag06.local.Json;
import io.ag06.local.OutputFile;
import io.ag06.local.ReplayRun;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Replays a recorded load to ways of scaling. */
@Command(
        name = "scaling-replay",
        mixinStandardHelpOptions = true,
        description = {
            "Replays the last minutes of a recorded load (CSV minute,load) to four ways of scaling and prints what",
            "each came to: static_peak (as many replicas as the highest load needs), hpa_70 (the rule of Kubernetes'",
            "autoscaler at 70 %%), ours (the scaling job's planner) and oracle (perfect knowledge). The minutes before",
            "are history. A missing minute or an empty load is a gap: it is paid for and never short; how many there are is",
            "said on standard error. docs/scaling.md has the definitions."
        },
        footer = {
            "",
            "Example:",
            "  ag06 scaling-replay --input load.csv.gz --capacity 25 \\",
            "    --replay-minutes 10080 --ledger decisions.csv"
        })
final class ScalingReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--input", required = true, paramLabel = "FILE", description = "The load, plain or .gz.")
    private Path input;

    @Option(
            names = "--capacity",
            required = true,
            paramLabel = "C",
            description = "Load that a replica can carry in a minute.")
    private double capacity;

    @Option(
            names = "--replay-minutes",
            required = true,
            paramLabel = "N",
            description = "How many of the last minutes are replayed.")
    private int minutes;

    @Option(
            names = "--replica-hour-price",
            paramLabel = "P",
            defaultValue = "1",
            description = "Price of a replica for an hour, in any currency (default: ${DEFAULT-VALUE}).")
    private double replicaHourPrice;

    @Option(
            names = "--short-minute-price",
            paramLabel = "P",
            defaultValue = "5",
            description =
                    "Price of a minute in which one replica was missing, in the same currency (default: ${DEFAULT-VALUE}).")
    private double shortMinutePrice;

    @Option(
            names = "--ledger",
            paramLabel = "FILE",
            description = "Where the decisions of ours go, minute by minute as the input counts (CSV, also .gz).")
    private Path ledger;

    @Option(names = "--json", description = "Print one JSON object, and nothing else, on standard output.")
    private boolean json;

    @Override
    public Integer call() {
        if (minutes < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--replay-minutes=%d: must be 1 or more".formatted(minutes));
        }
        ScalingSettings settings = settings();
        Optional<OutputFile> decisions =
                new NamedFiles(spec).reading("--input", input).writing("--ledger", ledger);
        ReplayRun run = new ReplayRun(input, settings, minutes);
        ReplayRun.Result result;
        try (TerminalBar bar = StepBar.of("Replaying", run.size(), " minutes")) {
            result = run.run(bar::step);
        }
        decisions.ifPresent(result::writeLedger);
        System.out.print(json ? Json.pretty(result.table()) : text(result.table()));
        run.remarks().forEach(System.err::println);
        return 0;
    }

    private ScalingSettings settings() {
        requireAbove0("--capacity", capacity);
        requireAbove0("--replica-hour-price", replicaHourPrice);
        requireAbove0("--short-minute-price", shortMinutePrice);
        try {
            return ScalingSettings.standard(capacity)
                    .withPrices(new ScalingSettings.Prices(replicaHourPrice, shortMinutePrice));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void requireAbove0(String option, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new ParameterException(
                    spec.commandLine(), "%s=%s: must be a number above 0".formatted(option, value));
        }
    }

    private static String text(ReplayRun.Table table) {
        TextTable text =
                new TextTable(1).row("", "under_min", "under_pct", "lost_load_pct", "replica_hours", "changes");
        add(text, "static_peak", table.staticPeak());
        add(text, "hpa_70", table.hpa70());
        add(text, "ours", table.ours());
        add(text, "oracle", table.oracle());
        return text.toString();
    }

    private static void add(TextTable text, String name, ReplayResult result) {
        text.row(
                name,
                String.format(Locale.ROOT, "%,d", result.underMin()),
                plain(result.underPct()),
                plain(result.lostLoadPct()),
                String.format(Locale.ROOT, "%,.3f", result.replicaHours()),
                String.format(Locale.ROOT, "%,d", result.changes()));
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
