package io.ag06.local.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class NativeBlocksTest {
    private static byte[] encode(byte[] data) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = NativeBlocks.encoding(packed)) {
            out.write(data);
        }
        return packed.toByteArray();
    }

    private static byte[] decode(byte[] packed) throws IOException {
        try (var in = NativeBlocks.decoding(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        }
    }

    @Property(tries = 50)
    void whatIsEncodedIsDecoded(@ForAll @Size(max = 5000) byte[] data) throws IOException {
        assertThat(decode(encode(data))).isEqualTo(data);
    }

    @Test
    void dataOfManyBlocksIsDecoded() throws IOException {
        byte[] data = new byte[(3 << 20) + 7];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) ((i * 31) >> 7);
        }

        assertThat(decode(encode(data))).isEqualTo(data);
    }

    @Test
    void everyCutIsAnErrorExceptBetweenBlocks() throws IOException {
        byte[] packed = encode(new byte[] {1, 2, 3, 4, 5});

        assertThat(decode(new byte[0])).isEmpty();
        for (int length = 1; length < packed.length; length++) {
            byte[] cut = Arrays.copyOf(packed, length);
            assertThatThrownBy(() -> decode(cut)).isInstanceOf(BodyException.class);
        }
    }

    @Test
    void everyFlippedByteIsAnError() throws IOException {
        byte[] packed = encode(new byte[] {1, 2, 3, 4, 5});
        for (int at = 0; at < packed.length; at++) {
            byte[] wrong = packed.clone();
            wrong[at] ^= 1;
            assertThatThrownBy(() -> decode(wrong)).isInstanceOf(BodyException.class);
        }
    }
}
