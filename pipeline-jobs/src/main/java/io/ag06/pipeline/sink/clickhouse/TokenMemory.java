package io.ag06.pipeline.sink.clickhouse;

import io.ag06.sql.Table;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server remembers of the tokens of the blocks it has stored in a table.
 *
 * @param blocks how many blocks it remembers; 0 where it remembers none
 * @param outlivesServer whether a token is stored together with its part, so that one is there exactly if the other is.
 *     Replicated tables keep both in Keeper. Others write the token beside the part, and a server that is killed or has
 *     a full disk in between is left with one of the two.
 */
public record TokenMemory(long blocks, boolean outlivesServer) {
    /** At some blocks a second from each of a hundred writers this is the better part of a minute. */
    static final long SMALLEST = 1_000;

    private static final Pattern OF_REPLICATED = Pattern.compile("\\breplicated_deduplication_window = (\\d+)");
    private static final Pattern OF_OTHERS = Pattern.compile("\\bnon_replicated_deduplication_window = (\\d+)");
    private static final long DEFAULT_OF_REPLICATED = 10_000;

    /** What a table's engine clause states, with the server's defaults: nothing where the table is not replicated. */
    static TokenMemory of(String engineClause) {
        // ClickHouse Cloud calls its replicated engines Shared.
        boolean replicated = engineClause.startsWith("Replicated") || engineClause.startsWith("Shared");
        Matcher setting = (replicated ? OF_REPLICATED : OF_OTHERS).matcher(engineClause);
        if (setting.find()) {
            return new TokenMemory(Long.parseLong(setting.group(1)), replicated);
        }
        return new TokenMemory(replicated ? DEFAULT_OF_REPLICATED : 0, replicated);
    }

    /** Refuses a table that remembers too few blocks. */
    static void check(ClickHouseClient client, Patience patience, Table table)
            throws InsertFailure, IOException, InterruptedException {
        long blocks = patience.until("settings of " + table.name(), () -> client.tokenMemory(table))
                .blocks();
        if (blocks < SMALLEST) {
            throw new InsertFailure.Fatal(
                    "%s remembers %d blocks by token, at least %d are needed to store each once: set its deduplication window (the migrations do), or run them"
                            .formatted(table.name(), blocks, SMALLEST),
                    null);
        }
    }
}
