package io.ag06.bench;

import io.ag06.bench.drain.DrainCommand;
import io.ag06.bench.micro.MicroCommand;
import io.ag06.local.cli.AddedCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The benchmarks as a command: {@code ag06 bench SCENARIO}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "SCENARIO",
        description = "Measures how fast the jobs are on this machine (docs/performance.md).",
        subcommands = {DrainCommand.class, MicroCommand.class})
public final class BenchCommand implements AddedCommand {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Say what to measure: one of the scenarios below");
    }
}
