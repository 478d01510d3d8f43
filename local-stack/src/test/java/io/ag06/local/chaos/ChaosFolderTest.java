package io.ag06.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ag06.local.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run deletes what it has made, and nothing that was there before it. */
class ChaosFolderTest {
    @TempDir
    Path parent;

    private Path named;

    @BeforeEach
    void named() throws IOException {
        named = Files.createDirectory(parent.resolve("named"));
    }

    @Test
    void anEmptyFolderIsTakenWithTheLogOfTheCommandItself() throws IOException {
        Files.writeString(Files.createDirectory(named.resolve("logs")).resolve("ag06.log"), "");

        ChaosFolder folder = ChaosFolder.of(Optional.of(named));
        Files.writeString(named.resolve("of-the-run"), "");
        folder.delete();

        assertThat(named).doesNotExist();
    }

    @Test
    void aFolderThatHoldsSomethingIsRefused() throws IOException {
        Path letter = Files.writeString(named.resolve("letter"), "");

        assertThatThrownBy(() -> ChaosFolder.of(Optional.of(named)))
                .isInstanceOf(StackException.class)
                .hasMessageContaining(named + " is not empty");
        assertThat(letter).exists();
    }

    @Test
    void soIsOneWithLogsOfSomebodyElse() throws IOException {
        Path foreign =
                Files.writeString(Files.createDirectory(named.resolve("logs")).resolve("access.log"), "");

        assertThatThrownBy(() -> ChaosFolder.of(Optional.of(named))).isInstanceOf(StackException.class);
        assertThat(foreign).exists();
    }
}
