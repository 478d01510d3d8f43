package io.ag06.local.clickhouse;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The queries that run now, by the id that their client gave them. The engine draws ids of its own, so the client's
 * travels in the query's log comment, where {@code KILL QUERY} finds it.
 */
final class RunningQueries {
    private static final String MARK = "qid:";

    /** The client's id of a row of {@code system.processes}; the engine's own where it has none. */
    static final String ID_EXPRESSION = "if(startsWith(Settings['log_comment'], '" + MARK + "'),"
            + " decodeURLComponent(extract(Settings['log_comment'], '^" + MARK + "([^ ]*)')), query_id)";

    private static final int QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING = 216;

    private final Set<String> ids = ConcurrentHashMap.newKeySet();

    /** Notes a query; the caller takes it out when it ends. */
    void add(String id) throws EngineException {
        if (!ids.add(id)) {
            throw new EngineException(
                    QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING,
                    "Query with id = " + id + " is already running. (QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING)");
        }
    }

    void remove(String id) {
        ids.remove(id);
    }

    /** The ids of all that run now. */
    Set<String> ids() {
        return Set.copyOf(ids);
    }

    /** The log comment that carries the id, and the client's own comment behind it. */
    static String logComment(String id, String comment) {
        var marked = new StringBuilder(MARK);
        for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b != '%' && b < 127) {
                marked.append((char) b);
            } else {
                marked.append("%%%02X".formatted(b & 0xFF));
            }
        }
        return comment.isEmpty() ? marked.toString() : marked + " " + comment;
    }

    /** The statement that ends one query, without waiting for its end. */
    static String killStatement(String id) {
        return "KILL QUERY WHERE " + ID_EXPRESSION + " = " + SqlText.quote(id) + " ASYNC";
    }
}
