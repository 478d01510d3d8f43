package io.ag06.local.chaos;

import io.ag06.local.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a run keeps everything. It is empty at first, so that what it holds in the end is the run's, and may be
 * deleted.
 *
 * @param directory empty but for the log of the command itself
 */
record ChaosFolder(Path directory) {
    /** How the name of a temporary one begins. */
    static final String TEMPORARY = "ag06-chaos";

    private static final String LOGS = "logs";

    /**
     * A folder for one run.
     *
     * @param named the user's choice; empty for a temporary one
     * @throws StackException where it holds something
     */
    static ChaosFolder of(Optional<Path> named) throws IOException {
        if (named.isEmpty()) {
            return new ChaosFolder(Files.createTempDirectory(TEMPORARY));
        }
        Path directory = named.get();
        Files.createDirectories(directory);
        try (Stream<Path> inside = Files.list(directory)) {
            if (!inside.allMatch(ChaosFolder::isOurLog)) {
                throw new StackException("%s is not empty; name a folder for this run alone".formatted(directory));
            }
        }
        return new ChaosFolder(directory);
    }

    /** A command opens its log before anything else. */
    private static boolean isOurLog(Path file) {
        if (!file.getFileName().toString().equals(LOGS) || !Files.isDirectory(file)) {
            return false;
        }
        try (Stream<Path> logs = Files.list(file)) {
            return logs.allMatch(log -> log.getFileName().toString().matches("ag06\\.log(\\.\\d+)?"));
        } catch (IOException e) {
            throw new StackException("%s can't be read".formatted(file), e);
        }
    }

    /** Deletes it with all that is in it. */
    void delete() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
