package io.ag06.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a job goes on, whatever has happened to its runs, their files and the clock. */
class JobRunsTest {
    private static final String JOB_ID = "0123456789abcdef0123456789abcdef";
    private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private JobRuns runs;

    @BeforeEach
    void runs() {
        runs = new JobRuns(directory.resolve("event-archive"));
    }

    @Test
    void aJobThatNeverRanStartsFromNothing() {
        assertThat(runs.newestCheckpoint()).isEmpty();
        assertThat(runs.last()).isEmpty();
    }

    @Test
    void theNewestCheckpointIsTheLastOfTheLastRunWhateverTheTimesOfFilesSay() throws IOException {
        JobRun first = run(Optional.empty());
        checkpoint(first, 4);
        JobRun second = run(Optional.empty());
        Path ninth = checkpoint(second, 9);
        Path tenth = checkpoint(second, 10);
        Files.setLastModifiedTime(tenth.resolve("_metadata"), FileTime.from(LONG_AGO));

        assertThat(runs.newestCheckpoint()).contains(tenth);

        Files.delete(tenth.resolve("_metadata")); // As while Flink writes it, and again while it deletes it.
        assertThat(runs.newestCheckpoint()).contains(ninth);
    }

    @Test
    void aRunWithoutACheckpointStandsWhereItStarted() throws IOException {
        Path old = checkpoint(run(Optional.empty()), 3);
        checkpoint(run(Optional.of(old)), 90);
        run(Optional.of(old)); // Told to go back.
        assertThat(runs.newestCheckpoint()).contains(old);

        run(Optional.empty()); // Told to start from the beginning.
        assertThat(runs.newestCheckpoint()).isEmpty();
    }

    @Test
    void aRunOfWhichNothingWasWrittenDownDoesNotCount() throws IOException {
        Path checkpoint = checkpoint(run(Optional.empty()), 3);
        runs.begin();
        assertThat(runs.newestCheckpoint()).contains(checkpoint);
        assertThat(runs.last().orElseThrow().number()).isEqualTo(1);
    }

    @Test
    void aStoppedRunStandsAtItsSavepoint() throws IOException {
        Path savepoints = directory.resolve("savepoints");
        JobRun run = run(Optional.empty());
        Path checkpoint = checkpoint(run, 11);
        run.record(run.submission().orElseThrow().stoppingWith(savepoints));
        assertThat(runs.newestCheckpoint()).contains(checkpoint);

        savepoint(savepoints.resolve("savepoint-ffffff-0a0a"), 20); // Of another job.
        Path earlier = savepoint(savepoints.resolve("savepoint-012345-ffff"), 7);
        assertThat(runs.newestCheckpoint()).contains(checkpoint);

        Path last = savepoint(savepoints.resolve("savepoint-012345-0000"), 12);
        Files.setLastModifiedTime(last.resolve("_metadata"), FileTime.from(LONG_AGO));
        assertThat(runs.newestCheckpoint()).contains(last);
        assertThat(earlier).exists();
    }

    @Test
    void checkpointsOfTheFirstVersionAreFound() throws IOException {
        Path old = directory.resolve("event-archive");
        metadata(old.resolve("aaaa").resolve("chk-9"), 9);
        Path newest = metadata(old.resolve("bbbb").resolve("chk-10"), 10);
        assertThat(runs.newestCheckpoint()).contains(newest);
        Path numbered = checkpoint(run(Optional.of(newest)), 11);
        assertThat(runs.newestCheckpoint()).contains(numbered);
    }

    @Test
    void runsOfLongAgoGoExceptWhatIsStillStartedFrom() throws IOException {
        Path needed = checkpoint(run(Optional.empty()), 1);
        JobRun forgotten = run(Optional.empty());
        checkpoint(forgotten, 2);
        for (int i = 0; i < 5; i++) {
            run(Optional.of(needed));
        }
        runs.prune();
        assertThat(needed.resolve("_metadata")).exists();
        assertThat(forgotten.directory()).doesNotExist();
        assertThat(runs.numberOfLast()).isEqualTo(7);
    }

    @Test
    void onlyACompletedCheckpointCanBeStartedFrom() throws IOException {
        Path checkpoint = checkpoint(run(Optional.empty()), 1);
        assertThat(new Start.At(checkpoint).after(runs)).contains(checkpoint);
        assertThat(new Start.WhereItWas().after(runs)).contains(checkpoint);
        assertThat(new Start.Beginning().after(runs)).isEmpty();
        assertThatThrownBy(() -> new Start.At(directory).after(runs))
                .isInstanceOf(StackException.class)
                .hasMessageContaining(directory.toString());
    }

    private JobRun run(Optional<Path> from) {
        JobRun run = runs.begin();
        run.record(Submission.of("event-archive", "http://127.0.0.1:1", JOB_ID, from, List.of("a=b"), 1));
        return run;
    }

    private static Path checkpoint(JobRun run, long number) throws IOException {
        return metadata(run.directory().resolve(JOB_ID).resolve("chk-" + number), number);
    }

    private static Path savepoint(Path folder, long number) throws IOException {
        return metadata(folder, number);
    }

    /** Written later than any checkpoint before it, as far as the file's time goes. */
    private static Path metadata(Path folder, long number) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("_metadata");
        try (OutputStream out = Files.newOutputStream(file)) {
            Checkpoints.storeCheckpointMetadata(new CheckpointMetadata(number, List.of(), List.of()), out);
        }
        Files.setLastModifiedTime(file, FileTime.from(LONG_AGO.plus(Duration.ofDays(1 + number))));
        return folder;
    }
}
