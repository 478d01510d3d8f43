package io.ag06.local.clickhouse;

import com.sun.jna.Pointer;
import java.util.Optional;

/** The result of a SELECT as it comes out of the engine, chunk by chunk. */
final class ChunkStream implements AutoCloseable {
    private final Pointer connection;
    private final Pointer stream;
    private boolean ended;
    private boolean closed;

    ChunkStream(Pointer connection, Pointer stream) throws EngineException {
        this.connection = connection;
        this.stream = stream;
        var error = Chdb.resultError(stream);
        if (error != null) {
            String report = error.getString(0, "UTF-8");
            Chdb.destroyQueryResult(stream);
            throw EngineException.parse(report);
        }
    }

    /** The next chunk, which the caller closes; empty at the end. Even a result without rows has one chunk. */
    Optional<EngineResult> next() throws EngineException {
        if (ended) {
            return Optional.empty();
        }
        var chunk = EngineResult.of(Chdb.streamFetchResult(connection, stream));
        if (chunk.length() == 0) {
            chunk.close();
            ended = true;
            return Optional.empty();
        }
        return Optional.of(chunk);
    }

    /** Ends the query in the engine too, where it still runs. Chunks that were given out stay valid. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (!ended) {
            Chdb.streamCancelQuery(connection, stream);
        }
        Chdb.destroyQueryResult(stream);
    }
}
