package io.ag06.pipeline.job;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What every job needs of Flink to be right; how fast and where is the cluster's business. */
final class JobRuntime {
    /** A long outage of ClickHouse is one long checkpoint, not a failed job. */
    private static final Duration LONGEST_CHECKPOINT = Duration.ofDays(1);

    private JobRuntime() {}

    static void configure(StreamExecutionEnvironment environment) {
        Configuration configuration = new Configuration();
        // Whatever the cluster's own choice: with less, sums and offsets would not belong together.
        configuration.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        configuration.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, LONGEST_CHECKPOINT);
        configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        environment.configure(configuration);
    }
}
