package io.ag06.local.health;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Asks ClickHouse. */
@FunctionalInterface
public interface Sql {
    /**
     * The answer's rows, each an object by column.
     *
     * @param timeout for the whole answer
     * @throws IOException with one line, where there is none in that time or the server refuses
     */
    List<JsonNode> rows(String sql, Duration timeout) throws IOException, InterruptedException;
}
