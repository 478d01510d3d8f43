package io.ag06.local.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What could not be taken in. */
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        description = {
            "Records that could not be taken in (dead_letters), and blocks that ClickHouse refused (rejected_blocks):",
            "looks at them and sends them again, each once."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DeadLettersListCommand.class,
            DeadLettersShowCommand.class,
            DeadLettersReplayCommand.class,
            CommandLine.HelpCommand.class
        })
final class DeadLettersCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: list, show or replay");
    }
}
