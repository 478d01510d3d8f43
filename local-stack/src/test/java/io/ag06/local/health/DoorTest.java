package io.ag06.local.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoorTest {
    @TempDir
    Path folder;

    @Test
    void onThisMachineEverybodyMayAsk() {
        assertThat(Door.onLoopback(0).lets(null)).isTrue();
    }

    @Test
    void elsewhereItListensOnlyWithAToken() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Door("0.0.0.0", 9464, Optional.empty()))
                .withMessageContaining("--token-file");
    }

    @Test
    void onlyTheTokenItselfOpensIt() throws IOException {
        Door door = new Door("0.0.0.0", 9464, Optional.of(token("s3cret\n")));

        assertThat(door.lets("Bearer s3cret")).isTrue();
        assertThat(door.lets("Bearer s3cre")).isFalse();
        assertThat(door.lets("s3cret")).isFalse();
        assertThat(door.lets(null)).isFalse();
        assertThat(door).asString().doesNotContain("s3cret");
    }

    @Test
    void anEmptyTokenIsNone() {
        assertThatIOException().isThrownBy(() -> token("\n")).withMessageContaining("is empty");
    }

    private Door.Token token(String text) throws IOException {
        return Door.Token.in(Files.writeString(folder.resolve("token"), text));
    }
}
