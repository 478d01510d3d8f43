package io.ag06.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BarOnErrorsTest {
    private final PrintStream errors = System.err;
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @AfterEach
    void restoreErrors() {
        System.setErr(errors);
    }

    @Test
    void nothingIsDrawnIntoWhatComesAfterIt() {
        System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
        BarOnErrors bar = new BarOnErrors(80);

        bar.accept("Replaying 100%");
        bar.close();
        bar.accept("Replaying 100%"); // As by a thread that was at it.
        bar.close();

        assertThat(told.toString(StandardCharsets.UTF_8)).isEqualTo("\rReplaying 100%" + System.lineSeparator());
    }
}
