package io.ag06.pipeline.sink.clickhouse;

import io.ag06.sql.Table;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many blocks a table remembers by their token. It must be more than all writers of the table can store between the
 * look-up of a block and its arrival, or while two senders of it are alive.
 */
final class DeduplicationWindow {
    /** At some blocks a second from each of a hundred writers this is the better part of a minute. */
    static final long SMALLEST = 1_000;

    private static final Pattern OF_REPLICATED = Pattern.compile("\\breplicated_deduplication_window = (\\d+)");
    private static final Pattern OF_OTHERS = Pattern.compile("\\bnon_replicated_deduplication_window = (\\d+)");
    private static final long DEFAULT_OF_REPLICATED = 10_000;

    private DeduplicationWindow() {}

    /** The window that a table's engine clause states, or the server's default: 0 where the table is not replicated. */
    static long of(String engineClause) {
        boolean replicated = engineClause.startsWith("Replicated");
        Matcher setting = (replicated ? OF_REPLICATED : OF_OTHERS).matcher(engineClause);
        if (setting.find()) {
            return Long.parseLong(setting.group(1));
        }
        return replicated ? DEFAULT_OF_REPLICATED : 0;
    }

    /** Refuses a table whose window is too small. */
    static void check(ClickHouseClient client, Patience patience, Table table)
            throws InsertFailure, IOException, InterruptedException {
        long window = patience.until("settings of " + table.name(), () -> client.deduplicationWindow(table));
        if (window < SMALLEST) {
            throw new InsertFailure.Fatal(
                    "%s remembers %d blocks by token, at least %d are needed to store each once: set its deduplication window (the migrations do), or run them"
                            .formatted(table.name(), window, SMALLEST),
                    null);
        }
    }
}
