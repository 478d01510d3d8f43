package io.ag06.local.clickhouse;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One connection to the engine: its settings, current database and temporary tables. It runs one statement at a time;
 * the caller sees to that.
 */
final class EngineConnection implements AutoCloseable {
    /** Smaller appends cost more each than they carry. */
    private static final int APPEND_BYTES = 1 << 20;

    private static final int READ_ONLY_CLASS = 0;
    private static final int ANALYSIS_BYTES = 16;
    private static final int CLASS_OFFSET = 12;

    private final Pointer handle;

    EngineConnection(Pointer handle) {
        this.handle = handle;
    }

    /** Runs one statement without inline data and waits for its whole result. */
    EngineResult query(byte[] statement, String format, Map<String, String> parameters) throws EngineException {
        byte[] formatName = ascii(format);
        try (var values = new QueryParameters(parameters)) {
            return EngineResult.of(Chdb.queryWithParamsN(
                    connection(),
                    statement,
                    statement.length,
                    formatName,
                    formatName.length,
                    values.names(),
                    values.nameLengths(),
                    values.values(),
                    values.valueLengths(),
                    values.count()));
        }
    }

    /** The text of a short result, for the endpoint's own questions. */
    String ask(String statement) throws EngineException {
        try (var result = query(statement.getBytes(StandardCharsets.UTF_8), "TabSeparated", Map.of())) {
            return new String(result.copy(), StandardCharsets.UTF_8);
        }
    }

    /** Starts a SELECT whose result comes chunk by chunk, each a complete document of its format. */
    ChunkStream stream(byte[] statement, String format, Map<String, String> parameters) throws EngineException {
        byte[] formatName = ascii(format);
        try (var values = new QueryParameters(parameters)) {
            var stream = Chdb.streamQueryWithParamsN(
                    connection(),
                    statement,
                    statement.length,
                    formatName,
                    formatName.length,
                    values.names(),
                    values.nameLengths(),
                    values.values(),
                    values.valueLengths(),
                    values.count());
            return new ChunkStream(connection(), stream);
        }
    }

    /**
     * Stores rows. Nothing of them may be handed over before all are here and known to be whole: the engine stores what
     * it got when it is stopped half-way.
     *
     * @param head the INSERT up to its FORMAT or VALUES clause
     * @param rows the data to the end, in {@code format}
     */
    Summary insert(byte[] head, String format, Map<String, String> parameters, InputStream rows)
            throws EngineException, IOException {
        byte[] formatName = ascii(format);
        Pointer insert;
        try (var values = new QueryParameters(parameters)) {
            insert = Chdb.streamInsertWithParamsN(
                    connection(),
                    head,
                    head.length,
                    formatName,
                    formatName.length,
                    values.names(),
                    values.nameLengths(),
                    values.values(),
                    values.valueLengths(),
                    values.count());
        }
        try {
            throwErrorOf(insert);
            byte[] piece = new byte[APPEND_BYTES];
            for (int read = rows.readNBytes(piece, 0, piece.length);
                    read > 0;
                    read = rows.readNBytes(piece, 0, piece.length)) {
                if (Chdb.streamAppend(insert, piece, read) != Chdb.SUCCESS) {
                    throwErrorOf(insert);
                    throw new EngineException(EngineException.STD_EXCEPTION, "The engine took no more of the data");
                }
            }
            try (var result = EngineResult.of(Chdb.streamDone(insert))) {
                return result.summary();
            }
        } finally {
            Chdb.destroyInsertStream(insert);
        }
    }

    /** Whether the statement leaves nothing behind, by the engine's own parser. */
    boolean readsOnly(byte[] statement) {
        try (var analysis = new Memory(ANALYSIS_BYTES)) {
            analysis.clear();
            analysis.setInt(0, ANALYSIS_BYTES);
            int state = Chdb.classifyQueryN(connection(), statement, statement.length, null, 0, analysis);
            return state == Chdb.SUCCESS && analysis.getInt(CLASS_OFFSET) == READ_ONLY_CLASS;
        }
    }

    private Pointer connection() {
        return handle.getPointer(0);
    }

    private static void throwErrorOf(Pointer insert) throws EngineException {
        var error = Chdb.streamInsertError(insert);
        if (error != null) {
            throw EngineException.parse(error.getString(0, "UTF-8"));
        }
    }

    private static byte[] ascii(String format) {
        return format.getBytes(StandardCharsets.US_ASCII);
    }

    /** Waits for a statement that still runs, then closes. */
    @Override
    public void close() {
        Chdb.closeConn(handle);
    }
}
