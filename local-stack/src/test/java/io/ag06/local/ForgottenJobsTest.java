package io.ag06.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.pipeline.job.EventArchiveJob;
import io.ag06.pipeline.job.GoldenSignalsJob;
import io.ag06.pipeline.job.Job;
import io.ag06.pipeline.settings.InvalidSettingsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JobManager was killed and knows nothing any more; what fails for one job is no harm to the others. */
class ForgottenJobsTest {
    private static final Job ARCHIVE = new EventArchiveJob();
    private static final Job SIGNALS = new GoldenSignalsJob();

    @TempDir
    Path directory;

    private final Amnesiac cluster = new Amnesiac();
    private ForgottenJobs forgotten;

    @BeforeEach
    void twoJobsWereSubmitted() {
        forgotten = new ForgottenJobs(cluster);
        for (Job job : List.of(ARCHIVE, SIGNALS)) {
            JobRun run = cluster.runsOf(job).begin();
            run.record(Submission.of(
                    job.jobName(), "http://127.0.0.1:1", JobID.generate().toString(), Optional.empty(), List.of(), 1));
        }
    }

    @Test
    void eachIsSubmittedAgain() {
        forgotten.submitAgain();

        assertThat(cluster.submitted).containsExactlyInAnyOrder(ARCHIVE.jobName(), SIGNALS.jobName());
    }

    @Test
    void theOthersAreSubmittedWhileTheDiskOfOneIsFullAndThatOneWhenThereIsRoomAgain() {
        cluster.failures.put(
                ARCHIVE.jobName(),
                new UncheckedIOException(
                        "A job's submission can't be written", new IOException("No space left on device")));
        forgotten.submitAgain();
        assertThat(cluster.submitted).containsExactly(SIGNALS.jobName());

        cluster.submitted.clear();
        cluster.failures.clear();
        forgotten.submitAgain();
        assertThat(cluster.submitted).contains(ARCHIVE.jobName());
    }

    @Test
    void aPasswordFileThatHasGoneIsNoHarmToTheOthers() {
        cluster.failures.put(
                ARCHIVE.jobName(), new InvalidSettingsException(List.of("clickhouse.password-file: can't be read")));

        forgotten.submitAgain();

        assertThat(cluster.submitted).containsExactly(SIGNALS.jobName());
    }

    @Test
    void aSubmissionThatCanNotBeReadIsNoHarmToTheOthers() throws IOException {
        JobRun run = cluster.runsOf(ARCHIVE).last().orElseThrow();
        Files.writeString(run.directory().resolve("submission.json"), "{");

        forgotten.submitAgain();

        assertThat(cluster.submitted).containsExactly(SIGNALS.jobName());
    }

    @Test
    void whileTheClusterCanNotBeAskedNothingIsSubmittedAndTheNextTurnTriesAgain() {
        cluster.silence = Optional.of(new IllegalStateException("the client is closed"));
        forgotten.submitAgain();
        assertThat(cluster.submitted).isEmpty();

        cluster.silence = Optional.empty();
        forgotten.submitAgain();
        assertThat(cluster.submitted).hasSize(2);
    }

    /** Knows no job. */
    private final class Amnesiac implements ForgottenJobs.Cluster {
        private final List<String> submitted = new ArrayList<>();
        private final Map<String, RuntimeException> failures = new HashMap<>();
        private Optional<RuntimeException> silence = Optional.empty();

        @Override
        public Collection<JobStatusMessage> list() {
            silence.ifPresent(failure -> {
                throw failure;
            });
            return List.of();
        }

        @Override
        public JobRuns runsOf(Job job) {
            return new JobRuns(directory.resolve(job.jobName()));
        }

        @Override
        public Optional<JobID> submitForgotten(Job job, JobRun forgottenRun) {
            if (failures.containsKey(job.jobName())) {
                throw failures.get(job.jobName());
            }
            submitted.add(job.jobName());
            return Optional.of(JobID.generate());
        }
    }
}
