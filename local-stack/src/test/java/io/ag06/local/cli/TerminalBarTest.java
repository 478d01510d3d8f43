package io.ag06.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;

class TerminalBarTest {
    private final PrintStream errors = System.err;
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @AfterEach
    void restoreErrors() {
        System.setErr(errors);
    }

    /** Its thread may or may not have drawn it before it is closed. */
    @RepeatedTest(50)
    void aBarThatIsClosedAtOnceHasEndedItsLine() {
        System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));

        try (TerminalBar bar = StepBar.of("Replaying", 1, " minutes")) {
            bar.step();
        }
        System.err.print("what comes next");

        assertThat(told.toString(StandardCharsets.UTF_8)).endsWith(System.lineSeparator() + "what comes next");
    }
}
