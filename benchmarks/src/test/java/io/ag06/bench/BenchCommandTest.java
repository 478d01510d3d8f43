package io.ag06.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.local.cli.AddedCommand;
import io.ag06.local.cli.Ag06;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BenchCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theCommandAg06FindsIt() {
        assertThat(ServiceLoader.load(AddedCommand.class)).hasOnlyElementsOfTypes(BenchCommand.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"drain", "micro"})
    void everyScenarioHasHelp(String scenario) {
        assertThat(run(scenario, "--help")).isZero();
        assertThat(out.toString()).contains("Usage: bench " + scenario);
    }

    @ParameterizedTest
    @ValueSource(strings = {"drain", "micro"})
    void asACommandOfAg06ItsTextsAreBrokenWhereTheTerminalEnds(String scenario) {
        CommandLine wide = Ag06.commandLine()
                .getSubcommands()
                .get("bench")
                .getSubcommands()
                .get(scenario);
        wide.setUsageHelpWidth(1_000);
        String help = wide.getUsageMessage();
        assertThat(wide.getCommandSpec().usageMessage().description()).hasSize(1);
        assertThat(wide.getCommandSpec().options())
                .allSatisfy(option -> assertThat(help).contains(String.join(" ", option.description())));
    }

    @Test
    void withoutAScenarioItIsWrongUsage() {
        assertThat(run()).isEqualTo(CommandLine.ExitCode.USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--records=0", "--rounds=0", "--parallelism=0", "--only=polls"})
    void whatCanNotBeMeasuredIsWrongUsageAndSaysSo(String option) {
        assertThat(run("drain", option)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains(option);
    }

    private int run(String... arguments) {
        return new CommandLine(new BenchCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
