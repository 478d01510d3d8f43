package io.ag06.local.clickhouse;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request's body as it comes off the wire. It remembers whether the wire failed, or only what was made of it. */
final class ReceivedBytes extends FilterInputStream {
    private boolean torn;

    ReceivedBytes(InputStream in) {
        super(in);
    }

    /** Whether the body ended before HTTP said so. */
    boolean isTorn() {
        return torn;
    }

    @Override
    public int read() throws IOException {
        try {
            return in.read();
        } catch (IOException e) {
            torn = true;
            throw e;
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return in.read(target, offset, length);
        } catch (IOException e) {
            torn = true;
            throw e;
        }
    }
}
