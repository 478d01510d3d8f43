package io.ag06.pipeline.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads Avro's binary encoding where it lies, for readers that know what follows and make no objects of it.
 *
 * <p>What it takes, Avro takes, and with the same value. Of anything unusual (a number with too many bits, a length
 * beyond the end) it makes an {@link UnusualBytesException} or an {@link IndexOutOfBoundsException}, whatever Avro
 * makes of it: the caller then turns to Avro, since one judge is enough.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#binary-encoding">Binary encoding</a>
 */
final class AvroCursor {
    private static final VarHandle DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** Bits of a {@code long} that nine bytes of seven hold. */
    private static final int BITS_OF_NINE_BYTES = 63;

    /** Avro takes no more bytes for an {@code int}, even where they add nothing. */
    private static final int LONGEST_INT = 5;

    private byte[] bytes = {};
    private int position;

    /** Begins to read at an index. */
    void startAt(byte[] message, int from) {
        bytes = message;
        position = from;
    }

    int position() {
        return position;
    }

    boolean isAtEnd() {
        return position == bytes.length;
    }

    void skip(int count) {
        position += count;
    }

    boolean readBoolean() throws UnusualBytesException {
        byte value = bytes[position++];
        if ((value & ~1) != 0) {
            throw new UnusualBytesException();
        }
        return value != 0;
    }

    int readInt() throws UnusualBytesException {
        int start = position;
        long value = readLong();
        if (value != (int) value || position - start > LONGEST_INT) {
            throw new UnusualBytesException();
        }
        return (int) value;
    }

    long readLong() throws UnusualBytesException {
        int at = position;
        byte first = bytes[at];
        if (first >= 0) {
            position = at + 1;
            return unzigzag(first);
        }
        if (at <= bytes.length - Long.BYTES) {
            long eight = (long) LONG.get(bytes, at);
            long lastOnes = ~eight & 0x8080808080808080L;
            if (lastOnes != 0) {
                return ofEight(eight, lastOnes);
            }
        }
        return byteByByte();
    }

    /**
     * A number of up to eight bytes, without a loop: the processor can't foretell how many bytes there are.
     *
     * @param eight the bytes from here on, the first one lowest
     * @param lastOnes the highest bit of each of them that ends a number
     */
    private long ofEight(long eight, long lastOnes) {
        long upToLast = lastOnes ^ lastOnes - 1; // All bits up to the lowest that is set.
        position += Long.bitCount(upToLast) >>> 3;
        long sevens = eight & upToLast & 0x7F7F7F7F7F7F7F7FL;
        long fourteens = (sevens & 0x007F007F007F007FL) | (sevens & 0x7F007F007F007F00L) >>> 1;
        long twentyEights = (fourteens & 0x00003FFF00003FFFL) | (fourteens & 0x3FFF00003FFF0000L) >>> 2;
        long zigzag = (twentyEights & 0x000000000FFFFFFFL) | (twentyEights & 0x0FFFFFFF00000000L) >>> 4;
        return unzigzag(zigzag);
    }

    private static long unzigzag(long value) {
        return (value >>> 1) ^ -(value & 1);
    }

    private long byteByByte() throws UnusualBytesException {
        int at = position;
        byte next = bytes[at++];
        long zigzag = next & 0x7F;
        for (int shift = 7; next < 0; shift += 7) {
            next = bytes[at++];
            if (shift == BITS_OF_NINE_BYTES && (next & ~1) != 0) {
                throw new UnusualBytesException(); // More than 64 bits, or one more byte.
            }
            zigzag |= (next & 0x7FL) << shift;
        }
        position = at;
        return unzigzag(zigzag);
    }

    double readDouble() {
        double value = (double) DOUBLE.get(bytes, position);
        position += Double.BYTES;
        return value;
    }

    /** The length of a string or of bytes, all of which are there. */
    int readLength() throws UnusualBytesException {
        long length = readLong();
        if (length < 0 || length > bytes.length - position) {
            throw new UnusualBytesException();
        }
        return (int) length;
    }
}
