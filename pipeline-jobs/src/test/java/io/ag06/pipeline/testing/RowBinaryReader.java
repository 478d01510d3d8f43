package io.ag06.pipeline.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads RowBinary as its documentation describes it, independently of what writes it. */
public final class RowBinaryReader {
    private final ByteBuffer in;

    public RowBinaryReader(byte[] bytes) {
        in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    public boolean bool() {
        return in.get() != 0;
    }

    public int int32() {
        return in.getInt();
    }

    public long int64() {
        return in.getLong();
    }

    public double float64() {
        return in.getDouble();
    }

    /** Unsigned LEB128. */
    public int size() {
        int size = 0;
        for (int shift = 0; ; shift += 7) {
            int next = in.get();
            size |= (next & 0x7F) << shift;
            if (next >= 0) {
                return size;
            }
        }
    }

    public byte[] bytes() {
        byte[] bytes = new byte[size()];
        in.get(bytes);
        return bytes;
    }

    public String string() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    public boolean isAtEnd() {
        return !in.hasRemaining();
    }
}
