package io.ag06.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The checkpoints that a job has left behind. */
public final class Checkpoints {
    /** Flink writes this file last: with it, the checkpoint is complete. */
    private static final String METADATA = "_metadata";

    private Checkpoints() {}

    /**
     * The newest completed checkpoint of all runs of a job.
     *
     * @param directory holds a folder for each run, and in it one for each checkpoint ({@code chk-N})
     */
    public static Optional<Path> newestIn(Path directory) {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.find(
                directory,
                3,
                (path, attributes) -> path.getFileName().toString().equals(METADATA))) {
            return files.max(Comparator.comparing(Checkpoints::completedAt)).map(Path::getParent);
        } catch (IOException e) {
            throw new UncheckedIOException("Checkpoints can't be read in " + directory, e);
        }
    }

    private static FileTime completedAt(Path metadata) {
        try {
            return Files.getLastModifiedTime(metadata);
        } catch (IOException e) {
            throw new UncheckedIOException("A checkpoint can't be read: " + metadata, e);
        }
    }
}
