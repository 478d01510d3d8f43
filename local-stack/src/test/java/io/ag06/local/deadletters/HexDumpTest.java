package io.ag06.local.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HexDumpTest {
    @Test
    void sixteenBytesAreALineByNumberAndByLetter() {
        byte[] bytes = "{\"service\": 1}\n\u0000 and".getBytes(StandardCharsets.US_ASCII);

        assertThat(HexDump.of(bytes, 100).lines())
                .containsExactly(
                        "00000000  7b 22 73 65 72 76 69 63 65 22 3a 20 31 7d 0a 00  {\"service\": 1}..",
                        "00000010  20 61 6e 64                                       and");
    }

    @Test
    void whatIsNotShownIsCounted() {
        assertThat(HexDump.of(new byte[50], 32).lines()).hasSize(3).last().isEqualTo("… and 18 more");
        assertThat(HexDump.of(new byte[0], 32)).isEmpty();
    }
}
