package io.ag06.pipeline.job;

import io.ag06.pipeline.event.RejectedLine;
import io.ag06.schemas.Topic;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A job's graph over files in place of Kafka, and its results as lines in place of tables. */
public interface Backfill {
    /** The topics that the job reads. */
    List<Topic> topics();

    /**
     * Runs to the end of the files.
     *
     * @param inputs files of JSON lines by topic, plain or {@code .gz}
     * @param settings of the job, each {@code key=value}
     * @param results is given each row of the job's views once, as JSON
     * @param rejected is given each line that is no record
     */
    BackfillReport run(
            Map<Topic, List<Path>> inputs,
            List<String> settings,
            int parallelism,
            Consumer<String> results,
            Consumer<RejectedLine> rejected)
            throws Exception;

    /**
     * What a backfill came to.
     *
     * @param rows rows of the views
     * @param rejectedLines lines that were no record
     */
    record BackfillReport(long rows, long rejectedLines) {}

    /**
     * The backfill of a job.
     *
     * @throws IllegalArgumentException where the job has none
     */
    static Backfill of(Job job) {
        if (job instanceof GoldenSignalsJob) {
            return new GoldenSignalsBackfill();
        }
        if (job instanceof ScalingForecastJob) {
            return new ScalingForecastBackfill();
        }
        throw new IllegalArgumentException(
                "The job '%s' computes nothing that a backfill could print; those that do: golden-signals, scaling-forecast"
                        .formatted(job.jobName()));
    }
}
