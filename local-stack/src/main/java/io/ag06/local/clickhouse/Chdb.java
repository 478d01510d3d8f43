package io.ag06.local.clickhouse;

import com.sun.jna.FunctionMapper;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * The part of libchdb's C interface that the endpoint uses ({@code chdb.h} of chdb-core 26.7), bound directly: the C
 * function {@code chdb_stream_append} is {@link #streamAppend} here. {@code size_t} is a {@code long}: there is no
 * 32-bit build.
 */
final class Chdb {
    /** {@code CHDBSuccess}. */
    static final int SUCCESS = 0;

    private static boolean loaded;

    private Chdb() {}

    /**
     * Loads the library and takes its signal handlers off, which must come before the first connection: they would
     * replace the JVM's own, and the first null check in compiled code would then hang or end the process.
     */
    static synchronized void load(Path library) {
        if (loaded) {
            return;
        }
        FunctionMapper toC = (lib, method) ->
                "chdb_" + method.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        try {
            Native.register(
                    Chdb.class,
                    NativeLibrary.getInstance(library.toString(), Map.of(Library.OPTION_FUNCTION_MAPPER, toC)));
        } catch (UnsatisfiedLinkError e) {
            throw new LocalClickHouseException(
                    "The ClickHouse engine " + library + " can't be loaded: " + e.getMessage()
                            + ". It needs Linux on x86-64 with glibc; delete the file to fetch it again.",
                    e);
        }
        setSignalHandlersEnabled(0);
        loaded = true;
    }

    static native String version();

    static native void setSignalHandlersEnabled(int enabled);

    static native Pointer connect(int argc, Pointer argv);

    static native void closeConn(Pointer connection);

    static native int shutdown();

    static native Pointer queryWithParamsN(
            Pointer connection,
            byte[] query,
            long queryLength,
            byte[] format,
            long formatLength,
            Pointer names,
            Pointer nameLengths,
            Pointer values,
            Pointer valueLengths,
            long count);

    static native Pointer streamQueryWithParamsN(
            Pointer connection,
            byte[] query,
            long queryLength,
            byte[] format,
            long formatLength,
            Pointer names,
            Pointer nameLengths,
            Pointer values,
            Pointer valueLengths,
            long count);

    static native Pointer streamFetchResult(Pointer connection, Pointer stream);

    static native void streamCancelQuery(Pointer connection, Pointer stream);

    static native void destroyQueryResult(Pointer result);

    static native Pointer streamInsertWithParamsN(
            Pointer connection,
            byte[] query,
            long queryLength,
            byte[] format,
            long formatLength,
            Pointer names,
            Pointer nameLengths,
            Pointer values,
            Pointer valueLengths,
            long count);

    static native int streamAppend(Pointer insert, byte[] data, long length);

    static native Pointer streamDone(Pointer insert);

    static native Pointer streamInsertError(Pointer insert);

    static native void destroyInsertStream(Pointer insert);

    static native Pointer resultBuffer(Pointer result);

    static native long resultLength(Pointer result);

    static native double resultElapsed(Pointer result);

    static native long resultRowsRead(Pointer result);

    static native long resultStorageRowsRead(Pointer result);

    static native long resultStorageBytesRead(Pointer result);

    static native long resultRowsWritten(Pointer result);

    static native long resultBytesWritten(Pointer result);

    static native Pointer resultError(Pointer result);

    static native int classifyQueryN(
            Pointer connection,
            byte[] query,
            long queryLength,
            Pointer database,
            long databaseLength,
            Pointer analysis);
}
