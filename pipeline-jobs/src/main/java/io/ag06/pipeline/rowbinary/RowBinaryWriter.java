package io.ag06.pipeline.rowbinary;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer of values in ClickHouse's RowBinary format: numbers little-endian, strings and arrays after their
 * length as an unsigned LEB128 number. Not safe for use by several threads.
 *
 * @see <a href="https://clickhouse.com/docs/interfaces/formats/RowBinary">RowBinary</a>
 */
public final class RowBinaryWriter {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int LONGEST_VARINT = 10;

    private byte[] bytes;
    private int length;

    /** @param capacity bytes to begin with */
    public RowBinaryWriter(int capacity) {
        bytes = new byte[Math.max(capacity, 16)];
    }

    /** Int8 and UInt8. */
    public void int8(int value) {
        ensure(Byte.BYTES);
        bytes[length++] = (byte) value;
    }

    /** Bool. */
    public void bool(boolean value) {
        int8(value ? 1 : 0);
    }

    /** Int16 and UInt16. */
    public void int16(int value) {
        ensure(Short.BYTES);
        SHORT.set(bytes, length, (short) value);
        length += Short.BYTES;
    }

    /** Int32, UInt32 and DateTime (seconds since the epoch). */
    public void int32(int value) {
        ensure(Integer.BYTES);
        INT.set(bytes, length, value);
        length += Integer.BYTES;
    }

    /** Int64, UInt64 and DateTime64 (ticks since the epoch). */
    public void int64(long value) {
        ensure(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
    }

    /** Float64. */
    public void float64(double value) {
        ensure(Double.BYTES);
        DOUBLE.set(bytes, length, value);
        length += Double.BYTES;
    }

    /** The number of elements before an array's or a map's elements, or of bytes before a string's. */
    public void size(int elements) {
        ensure(LONGEST_VARINT);
        int rest = elements;
        while ((rest & ~0x7F) != 0) {
            bytes[length++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /** String and LowCardinality(String), in UTF-8. */
    public void string(String value) {
        int chars = value.length();
        ensure(LONGEST_VARINT + chars);
        // Nearly every string here is short ASCII: try it in place, and start again where it is not.
        if (chars < 0x80) {
            int at = length + 1;
            int i = 0;
            for (; i < chars; i++) {
                char c = value.charAt(i);
                if (c >= 0x80) {
                    break;
                }
                bytes[at++] = (byte) c;
            }
            if (i == chars) {
                bytes[length] = (byte) chars;
                length = at;
                return;
            }
        }
        string(value.getBytes(StandardCharsets.UTF_8));
    }

    /** String, given as the bytes it shall hold. */
    public void string(byte[] value) {
        size(value.length);
        bytes(value, 0, value.length);
    }

    /** What stands before a Nullable value: whether it is null, in which case nothing follows. */
    public void nullFlag(boolean isNull) {
        bool(isNull);
    }

    /** Bytes that are RowBinary already. */
    public void bytes(byte[] source, int from, int count) {
        ensure(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    /** Bytes written so far. */
    public int length() {
        return length;
    }

    /** A copy of the bytes written so far. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** Forgets what was written and keeps the memory. */
    public void clear() {
        length = 0;
    }

    private void ensure(int more) {
        int needed = Math.addExact(length, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, growth(bytes.length)));
        }
    }

    private static int growth(int capacity) {
        return capacity > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE - 8 : capacity * 2;
    }
}
