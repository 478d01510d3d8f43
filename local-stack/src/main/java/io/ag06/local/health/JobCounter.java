package io.ag06.local.health;

import io.ag06.pipeline.sink.clickhouse.SinkMetrics;
import io.ag06.pipeline.source.FactRows;
import io.ag06.pipeline.source.SignalInputs;
import java.util.List;

/** What a job counts, and where Flink shows it. Each starts anew with the job's tasks. */
enum JobCounter {
    RESTARTS("", "numRestarts"),
    RECORDS_IN("Source__", ".numRecordsIn"),
    RECORDS_OUT("", "." + SinkMetrics.ROWS_STORED),
    DEAD_LETTERS("", "." + FactRows.DEAD_LETTERS, "." + SignalInputs.SKIPPED),
    LOST_DEAD_LETTERS("", "." + FactRows.LOST_DEAD_LETTERS),
    FAILED_ATTEMPTS("", "." + SinkMetrics.FAILED_ATTEMPTS),
    BLOCKS_SENT("", "." + SinkMetrics.BLOCKS_SENT),
    BLOCKS_FOUND("", "." + SinkMetrics.BLOCKS_FOUND),
    BLOCKS_REJECTED("", "." + SinkMetrics.BLOCKS_REJECTED),
    SPILLED_BYTES("", "." + SinkMetrics.SPILLED_BYTES),
    /** Over a job's parallel tasks the mean, not the sum: they wait for the same server at the same time. */
    WAITED_MS("", "." + SinkMetrics.WAITED_MS);

    private final String prefix;
    private final List<String> suffixes;

    JobCounter(String prefix, String... suffixes) {
        this.prefix = prefix;
        this.suffixes = List.of(suffixes);
    }

    /**
     * Whether Flink shows a part of this counter under the name.
     *
     * @param metric of a task, such as {@code Source__events.numRecordsIn}
     */
    boolean isShownAs(String metric) {
        return this != RESTARTS
                && metric.startsWith(prefix)
                && suffixes.stream().anyMatch(metric::endsWith);
    }
}
