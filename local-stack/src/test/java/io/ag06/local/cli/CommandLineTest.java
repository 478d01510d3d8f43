package io.ag06.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What a person is told: exit status 2 for wrong usage, 1 and one line for what failed. */
class CommandLineTest {
    @TempDir
    Path folder;

    static Set<String> commands() {
        return Ag06.commandLine().getSubcommands().keySet();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelp(String command) {
        Said said = say(command, "--help");
        assertThat(said.status).isZero();
        assertThat(said.out).contains("Usage: ag06 " + command).doesNotContain("${");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aDescriptionIsBrokenWhereTheTerminalEnds(String command) {
        assertThat(Ag06.commandLine()
                        .getSubcommands()
                        .get(command)
                        .getCommandSpec()
                        .usageMessage()
                        .description())
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void soIsThatOfAnOption(String command) {
        CommandLine wide = Ag06.commandLine().getSubcommands().get(command);
        wide.setUsageHelpWidth(1_000);
        String help = wide.getUsageMessage();
        assertThat(wide.getCommandSpec().options())
                .allSatisfy(option -> assertThat(help).contains(String.join(" ", option.description())));
    }

    /** So that it can be taken from the screen as it is. */
    @ParameterizedTest
    @MethodSource("commands")
    void anExampleFitsTheTerminal(String command) {
        CommandLine.Model.UsageMessageSpec usage = Ag06.commandLine()
                .getSubcommands()
                .get(command)
                .getCommandSpec()
                .usageMessage();

        assertThat(usage.footer())
                .flatExtracting(lines -> lines.replace("%n", "\n").lines().toList())
                .filteredOn(line -> line.startsWith("  "))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(usage.width()));
    }

    @Test
    void anUnknownCommandIsToldWithTheOnesThereAre() {
        Said said = say("demmo");
        assertThat(said.status).isEqualTo(2);
        assertThat(said.err).contains("demmo").contains("demo");
    }

    @Test
    void aWrongNumberNamesTheOptionAndWhereHelpIs() {
        Said said = say("demo", "--seconds", "soon");
        assertThat(said.status).isEqualTo(2);
        assertThat(said.err).contains("--seconds").contains("soon").contains("ag06 demo --help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "show", "replay"})
    void everyCommandForDeadLettersHasHelp(String command) {
        Said said = say("dead-letters", command, "--help");
        assertThat(said.status).isZero();
        assertThat(said.out).contains("Usage: ag06 dead-letters " + command);
    }

    @Test
    void whichLettersMustBeSaidInAWayThatIsUnderstood() {
        assertThat(say("dead-letters").err).contains("list, show or replay");
        assertThat(say("dead-letters", "replay").err).contains("Name IDs, or --all-of TOPIC");
        assertThat(say("dead-letters", "replay", "a/1/2", "--all-of=audio-frames").status)
                .isEqualTo(2);
        assertThat(say("dead-letters", "list", "--since=soon").err)
                .contains("'soon' is neither a time such as 2026-03-01T12:00:00Z nor one ago, such as 2h");
        assertThat(say("verify", "--wait=-1").err).contains("--wait=-1: must be 0 or more");
    }

    @Test
    void aDemoOfNoLengthIsRefused() {
        assertThat(say("demo", "--seconds=0").status).isEqualTo(2);
    }

    @Test
    void aMissingSoundFileIsOneLine() {
        Said said = say(
                "demo",
                "--data",
                folder.toString(),
                "--audio",
                folder.resolve("no.wav").toString());
        assertThat(said.status).isEqualTo(1);
        assertThat(said.err.strip().lines()).singleElement().asString().contains("no.wav");
    }

    @Test
    void aFileThatIsNoSoundIsOneLineBeforeAnythingIsStarted() throws IOException {
        Path file = Files.writeString(folder.resolve("text.wav"), "not a sound at all, but long enough for a header");
        Said said = say("demo", "--data", folder.toString(), "--audio", file.toString());
        assertThat(said.status).isEqualTo(1);
        assertThat(said.err.strip().lines()).singleElement().asString().contains("text.wav");
        assertThat(folder.resolve("kafka")).doesNotExist();
    }

    @Test
    void withoutAStackTheCommandsSayHowToStartOne() {
        for (String[] command : new String[][] {
            {"status"}, {"sql", "SELECT 1"}, {"submit", "golden-signals"}, {"verify"}, {"dead-letters", "list"}
        }) {
            Said said = say(with(command, "--data", folder.toString()));
            assertThat(said.status).isEqualTo(1);
            assertThat(said.err.strip().lines()).singleElement().asString().contains("ag06 up");
        }
    }

    @Test
    void anUnknownJobIsToldWithTheOnesThereAre() {
        Said said = say("submit", "golden-signal", "--data", folder.toString());
        assertThat(said.status).isEqualTo(1);
        assertThat(said.err).contains("golden-signal").contains("event-archive, golden-signals, scaling-forecast");
    }

    @Test
    void aTakenPortIsOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Said said =
                    say("up", "--foreground", "--data", folder.toString(), "--kafka-port", "" + taken.getLocalPort());
            assertThat(said.status).isEqualTo(1);
            assertThat(said.err.strip().lines().toList())
                    .last()
                    .asString()
                    .contains("Port " + taken.getLocalPort())
                    .contains("taken");
        }
    }

    @Test
    void aWrongSettingOfAJobNamesItItsValueAndWhatIsAllowed() throws IOException {
        Path file = Files.writeString(folder.resolve("requests.jsonl"), "");
        Said said = say(
                "backfill",
                "golden-signals",
                "--input",
                "service-requests=" + file,
                "-D",
                "signals.slow-request=soon",
                "-D",
                "signals.slow=1");
        assertThat(said.status).isEqualTo(1);
        assertThat(said.err)
                .contains("signals.slow-request=soon: must be a duration")
                .contains("signals.slow is not a setting");
    }

    @Test
    void aBackfillOfAMissingFileOrAnUnknownTopicIsOneLine() {
        Said missing = say("backfill", "golden-signals", "--input", "service-requests=" + folder.resolve("no"));
        assertThat(missing.status).isEqualTo(1);
        assertThat(missing.err.strip().lines())
                .singleElement()
                .asString()
                .contains(folder.resolve("no").toString());
        Said unknown = say("backfill", "golden-signals", "--input", "requests=x");
        assertThat(unknown.status).isEqualTo(1);
        assertThat(unknown.err).contains("service-requests");
    }

    private static String[] with(String[] command, String... more) {
        String[] all = new String[command.length + more.length];
        System.arraycopy(command, 0, all, 0, command.length);
        System.arraycopy(more, 0, all, command.length, more.length);
        return all;
    }

    private static Said say(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Ag06.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int status = command.execute(arguments);
        return new Said(status, out.toString(), err.toString());
    }

    private record Said(int status, String out, String err) {}
}
