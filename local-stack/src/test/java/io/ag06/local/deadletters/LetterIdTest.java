package io.ag06.local.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ag06.local.StackException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetterIdTest {
    @Test
    void isReadAsItIsWritten() {
        LetterId id = LetterId.parse("ag06.service-requests/1/42");

        assertThat(id).isEqualTo(new LetterId("ag06.service-requests", 1, 42));
        assertThat(id).hasToString("ag06.service-requests/1/42");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "42",
                "ag06.service-requests/1",
                "a/b/c",
                "a/-1/2",
                "a/1/2/3",
                "/1/2",
                "a/1/99999999999999999999"
            })
    void anythingElseIsToldWithWhatOneLooksLike(String text) {
        assertThatExceptionOfType(StackException.class)
                .isThrownBy(() -> LetterId.parse(text))
                .withMessageContaining("'" + text + "'")
                .withMessageContaining("ag06.service-requests/1/42");
    }

    @Test
    void aBlockIsNamedByANumberAndALetterIsNot() {
        assertThat(RejectedBlocks.isName("18446744073709551615")).isTrue();
        assertThat(RejectedBlocks.isName("18446744073709551616")).isFalse();
        assertThat(RejectedBlocks.isName("-1")).isFalse();
        assertThat(RejectedBlocks.isName("ag06.service-requests/1/42")).isFalse();
    }
}
