package io.ag06.pipeline.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** Whatever the cursor takes, Avro takes, with the same value and the same number of bytes. */
class AvroCursorTest {
    /** Numbers of any length, most of them with bits that add nothing. */
    @Provide
    Arbitrary<byte[]> numbers() {
        return Combinators.combine(
                        Arbitraries.of((byte) 0x80, (byte) 0xFF),
                        Arbitraries.integers().between(0, 12),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(12))
                .as((more, count, rest) -> {
                    byte[] bytes = new byte[count + rest.length];
                    Arrays.fill(bytes, 0, count, more);
                    System.arraycopy(rest, 0, bytes, count, rest.length);
                    return bytes;
                });
    }

    @Property(tries = 5000)
    void longsAreThoseOfAvro(@ForAll("numbers") byte[] bytes) {
        assertAgree(bytes, AvroCursor::readLong, BinaryDecoder::readLong);
    }

    @Property(tries = 5000)
    void intsAreThoseOfAvro(@ForAll("numbers") byte[] bytes) {
        assertAgree(bytes, AvroCursor::readInt, BinaryDecoder::readInt);
    }

    @Property
    void booleansAreThoseOfAvro(@ForAll byte value) {
        assertAgree(new byte[] {value}, AvroCursor::readBoolean, BinaryDecoder::readBoolean);
    }

    @Property
    void doublesAreThoseOfAvro(@ForAll byte[] bytes) {
        assertAgree(bytes, AvroCursor::readDouble, BinaryDecoder::readDouble);
    }

    @Property
    void whatAvroWritesIsTaken(@ForAll long number, @ForAll int smaller, @ForAll @IntRange(max = 9) int more)
            throws IOException, UnusualBytesException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        encoder.writeLong(number);
        encoder.writeInt(smaller);
        encoder.writeFixed(new byte[more]);

        AvroCursor cursor = new AvroCursor();
        cursor.startAt(out.toByteArray(), 0);
        assertThat(cursor.readLong()).isEqualTo(number);
        assertThat(cursor.readInt()).isEqualTo(smaller);
        cursor.skip(more);
        assertThat(cursor.isAtEnd()).isTrue();
    }

    @Test
    void aLengthBeyondTheEndIsUnusual() throws UnusualBytesException {
        AvroCursor cursor = new AvroCursor();
        cursor.startAt(new byte[] {4, 'a', 'b'}, 0);
        assertThat(cursor.readLength()).isEqualTo(2);
        cursor.startAt(new byte[] {6, 'a', 'b'}, 0);
        assertThatExceptionOfType(UnusualBytesException.class).isThrownBy(cursor::readLength);
        cursor.startAt(new byte[] {1, 'a', 'b'}, 0);
        assertThatExceptionOfType(UnusualBytesException.class).isThrownBy(cursor::readLength);
    }

    private static void assertAgree(byte[] bytes, Reading<AvroCursor> own, Reading<BinaryDecoder> avros) {
        AvroCursor cursor = new AvroCursor();
        cursor.startAt(Arrays.copyOf(bytes, bytes.length), 0);
        Object value;
        try {
            value = own.read(cursor);
        } catch (UnusualBytesException | IndexOutOfBoundsException e) {
            return; // Left to Avro.
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, null);
        try {
            assertThat(avros.read(decoder)).isEqualTo(value);
            assertThat(bytes.length - decoder.inputStream().available()).isEqualTo(cursor.position());
        } catch (IOException | UnusualBytesException e) {
            throw new AssertionError("Avro refuses what the cursor takes", e);
        }
    }

    private interface Reading<T> {
        Object read(T from) throws IOException, UnusualBytesException;
    }
}
