package io.ag06.local.clickhouse;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/** What a statement gave, or one chunk of it. The bytes are the engine's and valid until {@link #close}. */
final class EngineResult implements AutoCloseable {
    private final Pointer handle;

    private EngineResult(Pointer handle) {
        this.handle = handle;
    }

    /** Takes a result over. One that carries an error is freed and thrown. */
    static EngineResult of(Pointer handle) throws EngineException {
        if (handle == null) {
            throw new EngineException(EngineException.STD_EXCEPTION, "The engine gave no result");
        }
        var error = Chdb.resultError(handle);
        if (error != null) {
            String report = error.getString(0, "UTF-8");
            Chdb.destroyQueryResult(handle);
            throw EngineException.parse(report);
        }
        return new EngineResult(handle);
    }

    long length() {
        return Chdb.resultLength(handle);
    }

    /** A view of the bytes, without a copy. */
    ByteBuffer bytes() {
        long length = length();
        return length == 0 ? ByteBuffer.allocate(0) : Chdb.resultBuffer(handle).getByteBuffer(0, length);
    }

    /** A copy of the bytes. */
    byte[] copy() {
        var view = bytes();
        byte[] copy = new byte[view.remaining()];
        view.get(copy);
        return copy;
    }

    Summary summary() {
        return new Summary(
                Chdb.resultStorageRowsRead(handle),
                Chdb.resultStorageBytesRead(handle),
                Chdb.resultRowsWritten(handle),
                Chdb.resultBytesWritten(handle),
                Chdb.resultRowsRead(handle),
                length(),
                (long) (Chdb.resultElapsed(handle) * 1e9));
    }

    @Override
    public void close() {
        Chdb.destroyQueryResult(handle);
    }
}
