package io.ag06.pipeline.sink.clickhouse;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The server's settings on which delivery exactly once rests. They are sent with each request, so that they hold
 * whatever the server's version, a user's profile or a session has for them.
 *
 * <p>A server refuses a setting that it does not know, and does not do what that setting is about. So of these it is
 * sent those that it knows.
 */
public final class PinnedSettings {
    private static final String MORE_ROWS_THAN_A_BLOCK = Integer.toString(2 * BlockLimits.DEFAULT.rows());

    private static final Map<String, String> OF_INSERTS = Map.ofEntries(
            // A token counts, also for what views make of the block.
            Map.entry("insert_deduplicate", "1"),
            Map.entry("deduplicate_insert", "enable"), // Of newer servers, and overrides the one above.
            Map.entry("deduplicate_blocks_in_dependent_materialized_views", "1"),

            // A block is one part: neither joined with others nor merged away, nor cut at a number of rows or bytes.
            Map.entry("async_insert", "0"),
            Map.entry("optimize_on_insert", "0"),
            Map.entry("max_insert_block_size", MORE_ROWS_THAN_A_BLOCK),
            Map.entry("max_insert_block_size_bytes", "0"),
            Map.entry("min_insert_block_size_rows", MORE_ROWS_THAN_A_BLOCK),
            Map.entry("min_insert_block_size_bytes", "0"),
            Map.entry("input_format_max_block_size_bytes", "0"),
            Map.entry("use_strict_insert_block_limits", "0"),

            // It is stored whole or not at all: not what came of it before the connection broke, or within a time.
            Map.entry("input_format_connection_handling", "0"),
            Map.entry("input_format_max_block_wait_ms", "0"),

            // 200 is said when it is stored, not before.
            Map.entry("send_progress_in_http_headers", "0"));

    private static final Map<String, String> OF_QUESTIONS = Map.ofEntries(
            // The table is asked, not what was once answered.
            Map.entry("use_query_cache", "0"),
            Map.entry("use_query_condition_cache", "0"),

            // A row counts although a merge will drop it for a newer version.
            Map.entry("final", "0"),

            // What could not be read to the end is no answer; without these it may be "no row".
            Map.entry("read_overflow_mode", "throw"),
            Map.entry("read_overflow_mode_leaf", "throw"),
            Map.entry("result_overflow_mode", "throw"),
            Map.entry("timeout_overflow_mode", "throw"),
            Map.entry("timeout_overflow_mode_leaf", "throw"),
            Map.entry("partial_result_on_first_cancel", "0"),

            // "No row" is the number 0.
            Map.entry("empty_result_for_aggregation_by_empty_set", "0"));

    private final Set<String> known;

    /** For a server that knows these settings. */
    PinnedSettings(Set<String> known) {
        this.known = Set.copyOf(known);
    }

    /** The names of all. */
    public static Set<String> names() {
        Set<String> names = new TreeSet<>(OF_INSERTS.keySet());
        names.addAll(OF_QUESTIONS.keySet());
        return names;
    }

    /** What is sent with an insert. */
    Map<String, String> ofInserts() {
        return known(OF_INSERTS);
    }

    /** What is sent with a question. */
    Map<String, String> ofQuestions() {
        return known(OF_QUESTIONS);
    }

    private Map<String, String> known(Map<String, String> settings) {
        return settings.entrySet().stream()
                .filter(setting -> known.contains(setting.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
