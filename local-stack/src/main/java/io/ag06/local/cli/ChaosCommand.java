package io.ag06.local.cli;

import io.ag06.local.Json;
import io.ag06.local.StackException;
import io.ag06.local.chaos.ChaosReport;
import io.ag06.local.chaos.ChaosRun;
import io.ag06.local.chaos.ChaosSettings;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Breaks a pipeline in every way, and shows that nothing is lost and nothing doubled. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a pipeline of separate processes, lets numbered requests flow through it, and kills, cuts off,",
            "slows down, fills up and poisons its parts, one fault a cycle. Then counts every request, and compares",
            "the golden signals with those of an undisturbed run."
        })
final class ChaosCommand extends OnData implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--cycles",
            paramLabel = "N",
            defaultValue = "12",
            description = "How many faults (default: ${DEFAULT-VALUE}, each kind once).")
    private int cycles;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Decides which fault comes when (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Requests a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--keep", description = "Keep the data folder after a clean verdict, too.")
    private boolean keep;

    @Option(names = "--json", description = "Print one JSON object, and nothing else, on standard output.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        if (cycles < 1) {
            throw new ParameterException(spec.commandLine(), "--cycles=%d: must be 1 or more".formatted(cycles));
        }
        if (rate < 5 || rate > 100_000) {
            throw new ParameterException(spec.commandLine(), "--rate=%d: must be 5 to 100000".formatted(rate));
        }
        if (keep && !data.isGiven()) {
            throw new ParameterException(spec.commandLine(), "--keep needs --data DIR, the folder to keep");
        }
        ChaosSettings settings = new ChaosSettings(
                cycles, seed, rate, data.isGiven() ? Optional.of(data.directory()) : Optional.empty(), keep);
        ChaosReport report = Interrupts.duringWork(() -> new ChaosRun(settings, new ChaosText.OnTerminal()).run());
        System.out.print(json ? Json.pretty(report) : ChaosText.of(report));
        if (!report.isClean()) {
            throw new StackException("The verdict is not clean; the report says what is wrong");
        }
        return 0;
    }
}
