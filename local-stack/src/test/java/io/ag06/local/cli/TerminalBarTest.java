package io.ag06.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

class TerminalBarTest {
    @RegisterExtension
    final CaughtStreams caught = new CaughtStreams();

    /** Its thread may or may not have drawn it before it is closed. */
    @RepeatedTest(50)
    void aBarThatIsClosedAtOnceHasEndedItsLine() {
        try (TerminalBar bar = StepBar.of("Replaying", 1, " minutes")) {
            bar.step();
        }
        System.err.print("what comes next");

        assertThat(caught.told().toString(StandardCharsets.UTF_8)).endsWith(System.lineSeparator() + "what comes next");
    }
}
