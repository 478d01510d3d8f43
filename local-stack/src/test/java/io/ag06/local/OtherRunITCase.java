package io.ag06.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.ag06.pipeline.job.EventArchiveJob;
import io.ag06.pipeline.job.GoldenSignalsJob;
import io.ag06.pipeline.job.Job;
import io.ag06.schemas.Topics;
import io.ag06.sql.Tables;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A savepoint has blocks that were never sent; another run reads the same records, and stores them in blocks of its
 * own. Then a job starts from the savepoint.
 */
@ExtendWith(StackExtension.class)
class OtherRunITCase {
    private static final int RECORDS = 20;
    private static final String DATABASE = "read_by_two_runs";
    private static final Duration CHECKPOINTS = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void whatAnotherRunHasStoredSinceTheSavepointIsNeverStoredTwice(LocalStack stack) throws Exception {
        try (LocalKafka kafka = LocalKafka.start(folder.resolve("kafka"), 0)) {
            kafka.createTopics(Topics.all());
            OnePartition.send(kafka, "read-by-two-runs", RECORDS);
            DatabaseRuns runs = new DatabaseRuns(stack, kafka.bootstrapServers(), DATABASE);
            for (Job job : List.of(new EventArchiveJob(), new GoldenSignalsJob())) {
                Path savepoint =
                        runs.savepointWithBlocks(job, OnePartition.OF_REQUESTS, RECORDS, folder.resolve("savepoints"));
                JobClient other = runs.start(job, CHECKPOINTS, Optional.empty());
                awaitEachOnce(stack, job);
                other.cancel().get();

                assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(() -> runs.start(job, CHECKPOINTS, Optional.of(savepoint))
                                .getJobExecutionResult()
                                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .withStackTraceContaining("already holds rows from there on and would hold them twice");
                awaitEachOnce(stack, job);
                String ofTheOther = blocks(stack, job);

                JobClient replacing = runs.start(job, CHECKPOINTS, Optional.of(savepoint), "replace-from=true");
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(blocks(stack, job)).isNotEqualTo(ofTheOther));
                awaitEachOnce(stack, job);
                replacing.cancel().get();
            }
        }
    }

    private static void awaitEachOnce(LocalStack stack, Job job) {
        String count = job.tables().contains(Tables.GOLDEN_SIGNALS_PARTIALS)
                ? "SELECT sum(events) FROM %s.golden_signals"
                : "SELECT count() FROM %s.service_requests";
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stack.sql().number(count.formatted(DATABASE)))
                        .isEqualTo(RECORDS));
    }

    /** The names of the blocks that its rows are in. */
    private static String blocks(LocalStack stack, Job job) {
        String table = job.tables().contains(Tables.GOLDEN_SIGNALS_PARTIALS)
                ? Tables.GOLDEN_SIGNALS_PARTIALS.name()
                : "service_requests";
        return stack.sql()
                .rows("SELECT arraySort(groupUniqArray(sink_block)) AS blocks FROM %s.%s".formatted(DATABASE, table))
                .toString();
    }
}
