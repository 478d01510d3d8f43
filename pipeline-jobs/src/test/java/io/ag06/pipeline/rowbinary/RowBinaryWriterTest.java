package io.ag06.pipeline.rowbinary;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.pipeline.testing.RowBinaryReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against bytes written by hand after the format's documentation. */
class RowBinaryWriterTest {
    private final RowBinaryWriter out = new RowBinaryWriter(0);

    @Test
    void numbersAreLittleEndian() {
        out.int8(0xFE);
        out.int16(0x0102);
        out.int32(0x01020304);
        out.int64(0x0102030405060708L);
        out.int64(-2);
        out.float64(1.0);

        assertWritten("FE 0201 04030201 0807060504030201 FEFFFFFFFFFFFFFF 000000000000F03F");
    }

    @Test
    void flagsAreOneByte() {
        out.bool(true);
        out.bool(false);
        out.nullFlag(true);
        out.nullFlag(false);

        assertWritten("01 00 01 00");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "1, 01",
        "127, 7F",
        "128, 8001",
        "300, AC02",
        "16383, FF7F",
        "16384, 808001",
        "2147483647, FFFFFFFF07"
    })
    void sizesAreUnsignedLeb128(int size, String bytes) {
        out.size(size);

        assertWritten(bytes);
    }

    @Test
    void stringsFollowTheNumberOfTheirBytes() {
        out.string("");
        out.string("AG06");
        out.string("\u00fc\u20ac\ud83c\udfa7"); // 2, 3 and 4 bytes.
        out.string("ab\u00fc"); // Begins as if it were ASCII.

        assertWritten("00  04 41473036  09 C3BC E282AC F09F8EA7  04 6162 C3BC");
    }

    @Test
    void aLongStringHasALongSize() {
        out.string("x".repeat(127));
        out.string("x".repeat(128));

        assertWritten("7F" + "78".repeat(127) + "8001" + "78".repeat(128));
    }

    @Test
    void bytesAreAStringAsTheyAre() {
        out.string(new byte[] {(byte) 0xC3, 0, 1});
        out.bytes(new byte[] {9, 8, 7, 6}, 1, 2);

        assertWritten("03 C30001  0807");
    }

    @Test
    void clearingForgetsWhatWasWritten() {
        out.string("secret");
        out.clear();
        out.int8(7);

        assertThat(out.length()).isEqualTo(1);
        assertWritten("07");
    }

    @Property(tries = 300)
    void anyStringComesBack(@ForAll @StringLength(max = 400) String text) {
        RowBinaryWriter writer = new RowBinaryWriter(0);
        writer.string(text);

        RowBinaryReader reader = new RowBinaryReader(writer.toByteArray());
        // A lone half of a surrogate pair is no character; UTF-8 has a question mark for it.
        assertThat(reader.bytes()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        assertThat(reader.isAtEnd()).isTrue();
    }

    @Property(tries = 300)
    void anySizeComesBack(@ForAll @IntRange(min = 0) int size) {
        RowBinaryWriter writer = new RowBinaryWriter(0);
        writer.size(size);

        assertThat(new RowBinaryReader(writer.toByteArray()).size()).isEqualTo(size);
    }

    private void assertWritten(String hex) {
        assertThat(HexFormat.of().withUpperCase().formatHex(out.toByteArray())).isEqualTo(hex.replace(" ", ""));
    }
}
