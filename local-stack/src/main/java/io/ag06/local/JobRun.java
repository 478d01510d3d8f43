package io.ag06.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One run of a job, from its submission to its end, in a folder of its own.
 *
 * @param directory holds {@code submission.json} and the run's checkpoints
 * @param number of the run among those of its job, from 1
 */
record JobRun(Path directory, int number) {
    /** What was submitted, if that was written down. */
    Optional<Submission> submission() {
        Path file = file();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.MAPPER.readValue(Files.readString(file), Submission.class));
        } catch (IOException e) {
            throw new UncheckedIOException("A job's submission can't be read: " + file, e);
        }
    }

    /** Writes down what is submitted, at once or not at all. */
    void record(Submission submission) {
        Path file = file();
        try {
            Path draft = Files.writeString(directory.resolve("submission.draft"), Json.pretty(submission));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("A job's submission can't be written to " + file, e);
        }
    }

    /** The newest of the checkpoints that this run completed, and of the savepoints it left when it was stopped. */
    Optional<Path> newestCheckpoint() {
        Stream<Checkpoint> savepoints = submission().stream()
                .filter(submission -> submission.savepoints() != null)
                .flatMap(submission -> Checkpoint.savepointsOf(submission.jobId(), submission.savepoints()).stream());
        return Stream.concat(Checkpoint.allIn(directory).stream(), savepoints)
                .max(Comparator.comparing(Checkpoint::number))
                .map(Checkpoint::path);
    }

    /** Deletes the run with its checkpoints. */
    void delete() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A run's checkpoints can't be deleted: " + directory, e);
        }
    }

    private Path file() {
        return directory.resolve("submission.json");
    }
}
