package io.ag06.local.cli;

import io.ag06.local.Logs;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command {@code ag06}: exit status 0 done, 1 failed (one line on stderr), 2 usage. */
@Command(
        name = "ag06",
        mixinStandardHelpOptions = true,
        version = "AG06 Analytics 0.1.0",
        description = "Analytics for the Yamaha AG06: sound, devices and business events in, SQL answers out.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            MonitorCommand.class,
            AgentCommand.class,
            SubmitCommand.class,
            StopCommand.class,
            DeployCommand.class,
            BackfillCommand.class,
            ForecastCommand.class,
            ForecastScoreCommand.class,
            ScalingReplayCommand.class,
            ChaosCommand.class,
            SqlCommand.class,
            MigrateCommand.class,
            VerifyCommand.class,
            DeadLettersCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Ag06 implements Runnable {
    @Spec
    CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** With every command that is on the class path. */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Ag06());
        ServiceLoader.load(AddedCommand.class).forEach(commandLine::addSubcommand);
        flow(commandLine);
        return commandLine
                .setHelpFactory(FlowingHelp::new)
                .setExecutionStrategy(Ag06::execute)
                .setExecutionExceptionHandler(new OneLine())
                .setParameterExceptionHandler(new Usage());
    }

    /** A description is a paragraph, to be broken where the terminal ends and not where its source did. */
    private static void flow(CommandLine command) {
        var help = command.getCommandSpec().usageMessage();
        help.description(String.join(" ", help.description()));
        command.getSubcommands().values().forEach(Ag06::flow);
    }

    /** The same for the descriptions of options, which picocli takes as they are declared. */
    private static final class FlowingHelp extends CommandLine.Help {
        FlowingHelp(CommandSpec command, ColorScheme colors) {
            super(command, colors);
        }

        @Override
        public IOptionRenderer createDefaultOptionRenderer() {
            IOptionRenderer lineByLine = super.createDefaultOptionRenderer();
            // A copy belongs to no command, which would know what variables in names and texts stand for.
            return (option, label, colors) -> lineByLine.render(
                    option.toBuilder()
                            .names(option.names())
                            .description(String.join(" ", option.description()))
                            .build(),
                    label,
                    colors);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: one of the commands below");
    }

    /** Logs go to the data folder that the command works on, so the place is known only now. */
    private static int execute(ParseResult parsed) {
        ParseResult innermost = parsed;
        while (innermost.hasSubcommand()) {
            innermost = innermost.subcommand();
        }
        Object command = innermost.commandSpec().userObject();
        Logs.writeTo(
                command instanceof OnData onData
                        ? onData.data.directory()
                        : Path.of(System.getProperty("user.home"), ".ag06"));
        return new CommandLine.RunLast().execute(parsed);
    }

    /** A failure is one line for a person; the whole of it is in the log. */
    private static final class OneLine implements IExecutionExceptionHandler {
        @Override
        public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
            LoggerFactory.getLogger(Ag06.class).error("The command failed", failure);
            command.getErr().println("ag06: " + words(failure).strip());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private static String words(Exception failure) {
        if (failure instanceof InterruptedException) {
            return "Interrupted; what was started has been stopped";
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    /** A wrong argument: what is wrong, what is like it, and where help is. */
    private static final class Usage implements IParameterExceptionHandler {
        @Override
        public int handleParseException(ParameterException wrong, String[] arguments) {
            CommandLine command = wrong.getCommandLine();
            PrintWriter err = command.getErr();
            err.println("ag06: " + wrong.getMessage());
            CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err);
            if (command.getParent() == null) {
                command.usage(err);
            } else {
                err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
            }
            return CommandLine.ExitCode.USAGE;
        }
    }
}
