package io.ag06.local.cli;

import io.ag06.local.ClickHouseAddress;
import io.ag06.local.Demo;
import io.ag06.local.DemoReport;
import io.ag06.local.DemoSettings;
import io.ag06.local.Json;
import io.ag06.local.StackException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the whole product at work. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Starts the whole stack, measures sound, makes requests of cloud services,",
            "and prints the golden signals as ClickHouse has them."
        })
final class DemoCommand extends OnData implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "30",
            description = "For how long events are made (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--audio",
            paramLabel = "FILE",
            description = "A WAV file to measure; several play in turn (default: a built-in programme).")
    private List<Path> audio = List.of();

    @Option(names = "--json", description = "Print one JSON object, and nothing else, on standard output.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        if (seconds < 1) {
            throw new ParameterException(spec.commandLine(), "--seconds=%d: must be 1 or more".formatted(seconds));
        }
        DemoSettings settings = new DemoSettings(
                Duration.ofSeconds(seconds),
                audio,
                data.isGiven() ? Optional.of(data.directory()) : Optional.empty(),
                ClickHouseAddress.fromEnvironment(System.getenv()));
        DemoReport report = Interrupts.duringWork(() -> new Demo(settings, new TerminalProgress()).run());
        System.out.print(json ? Json.pretty(report) : DemoText.of(report));
        if (!report.isWhole()) {
            throw new StackException("Not everything that was sent is stored once; the counts above say what");
        }
        return 0;
    }
}
