package io.ag06.local;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.Checkpoints;

/**
 * A completed checkpoint or savepoint.
 *
 * @param path its folder
 * @param number grows from one checkpoint or savepoint of a job to the next, also over restarts from one of them
 */
record Checkpoint(Path path, long number) {
    /** Flink writes this file last, and renames it into place: with it, the checkpoint is complete. */
    private static final String METADATA = "_metadata";

    private static final String CHECKPOINT = "chk-";

    /**
     * The completed checkpoints of a run, as far as they are kept.
     *
     * @param runDirectory holds a folder by Flink's id of the job, and in it one for each checkpoint ({@code chk-N})
     */
    static List<Checkpoint> allIn(Path runDirectory) {
        List<Checkpoint> found = new ArrayList<>();
        for (Path job : list(runDirectory, "[0-9a-f]*")) {
            for (Path checkpoint : list(job, CHECKPOINT + "*")) {
                if (Files.exists(checkpoint.resolve(METADATA))) {
                    String name = checkpoint.getFileName().toString();
                    found.add(new Checkpoint(checkpoint, Long.parseLong(name.substring(CHECKPOINT.length()))));
                }
            }
        }
        return found;
    }

    /**
     * The completed savepoints of a job.
     *
     * @param jobId Flink's id of the job
     * @param directory where it was told to leave them; they may have been moved since
     */
    static List<Checkpoint> savepointsOf(String jobId, Path directory) {
        List<Checkpoint> found = new ArrayList<>();
        for (Path savepoint : list(directory, "savepoint-" + jobId.substring(0, 6) + "-*")) {
            Path metadata = savepoint.resolve(METADATA);
            if (Files.exists(metadata)) {
                found.add(new Checkpoint(savepoint, numberIn(metadata)));
            }
        }
        return found;
    }

    /**
     * The folder as it is.
     *
     * @throws StackException where it holds no completed checkpoint or savepoint
     */
    static Path complete(Path directory) {
        if (!Files.exists(directory.resolve(METADATA))) {
            throw new StackException("There is no completed checkpoint or savepoint in " + directory);
        }
        return directory.toAbsolutePath().normalize();
    }

    /** A savepoint's folder is named at random; its number is inside. */
    private static long numberIn(Path metadata) {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(metadata))) {
            return Checkpoints.loadCheckpointMetadata(
                            in,
                            Checkpoint.class.getClassLoader(),
                            metadata.getParent().toUri().toString())
                    .getCheckpointId();
        } catch (IOException e) {
            throw new UncheckedIOException("A savepoint can't be read: " + metadata, e);
        }
    }

    private static List<Path> list(Path directory, String glob) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob)) {
                entries.forEach(found::add);
            } catch (IOException e) {
                throw new UncheckedIOException("Checkpoints can't be read in " + directory, e);
            }
        }
        return found;
    }
}
