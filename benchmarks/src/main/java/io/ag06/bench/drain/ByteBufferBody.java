package io.ag06.bench.drain;

import java.io.InputStream;
import java.nio.ByteBuffer;

/** The bytes of a buffer as a stream; the buffer's own position stays where it is. */
final class ByteBufferBody extends InputStream {
    private final ByteBuffer rest;

    ByteBufferBody(ByteBuffer bytes) {
        rest = bytes.duplicate();
    }

    @Override
    public int read() {
        return rest.hasRemaining() ? rest.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (!rest.hasRemaining()) {
            return length == 0 ? 0 : -1;
        }
        int step = Math.min(length, rest.remaining());
        rest.get(target, offset, step);
        return step;
    }
}
