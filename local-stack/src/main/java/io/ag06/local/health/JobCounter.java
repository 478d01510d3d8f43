package io.ag06.local.health;

import io.ag06.pipeline.sink.clickhouse.SinkMetrics;
import io.ag06.pipeline.source.FactRows;
import io.ag06.pipeline.source.SignalInputs;
import java.util.regex.Pattern;

/** What a job counts, and under which names Flink shows it. Each starts anew with the job's tasks. */
enum JobCounter {
    /** The only one that is of the job, not of a task. */
    RESTARTS("numRestarts"),
    RECORDS_IN("Source__.*\\.numRecordsIn"),
    RECORDS_OUT(".*\\." + SinkMetrics.ROWS_STORED),
    DEAD_LETTERS(".*\\.(" + FactRows.DEAD_LETTERS + "|" + SignalInputs.SKIPPED + ")"),
    LOST_DEAD_LETTERS(".*\\." + FactRows.LOST_DEAD_LETTERS),
    FAILED_ATTEMPTS(".*\\." + SinkMetrics.FAILED_ATTEMPTS),
    BLOCKS_SENT(".*\\." + SinkMetrics.BLOCKS_SENT),
    BLOCKS_FOUND(".*\\." + SinkMetrics.BLOCKS_FOUND),
    BLOCKS_REJECTED(".*\\." + SinkMetrics.BLOCKS_REJECTED),
    SPILLED_BYTES(".*\\." + SinkMetrics.SPILLED_BYTES),
    /** Over a job's parallel tasks the mean, not the sum: they wait for the same server at the same time. */
    WAITED_MS(".*\\." + SinkMetrics.WAITED_MS);

    private final Pattern names;

    JobCounter(String names) {
        this.names = Pattern.compile(names);
    }

    /**
     * Whether Flink shows a part of this counter under the name.
     *
     * @param metric such as {@code Source__events.numRecordsIn}
     */
    boolean isShownAs(String metric) {
        return names.matcher(metric).matches();
    }
}
