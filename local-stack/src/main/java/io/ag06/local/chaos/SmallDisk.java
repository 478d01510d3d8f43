package io.ag06.local.chaos;

import io.ag06.local.StackException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A disk of a few hundred megabytes, in memory, that can be filled up and freed. Only root may have one. */
final class SmallDisk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SmallDisk.class);
    private static final int LONGEST_COMMAND_SECONDS = 30;
    private static final Duration PAUSE_BETWEEN_CHUNKS = Duration.ofMillis(8);

    private final Path directory;
    private final boolean keep;
    private final Path ballast;

    private SmallDisk(Path directory, boolean keep) {
        this.directory = directory;
        this.keep = keep;
        this.ballast = directory.resolve("ballast");
    }

    /**
     * Puts a disk at a folder that is empty; none where this system or this user may not.
     *
     * @param mebibytes its size
     * @param keep whether what is on it stays in the folder when the disk is taken away
     */
    static Optional<SmallDisk> at(Path directory, int mebibytes, boolean keep) throws IOException {
        Files.createDirectories(directory);
        run("umount", directory.toString()); // One that a killed run has left behind.
        return run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", directory.toString())
                ? Optional.of(new SmallDisk(directory, keep))
                : Optional.empty();
    }

    /** Takes up what is left of it, at the speed of a log that nobody stops: 250 MB a second. */
    void fill() {
        byte[] chunk = new byte[2 << 20];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(chunk);
                LockSupport.parkNanos(PAUSE_BETWEEN_CHUNKS.toNanos());
            }
        } catch (IOException e) {
            LOG.info("The disk at {} is full: {}", directory, e.getMessage());
        }
    }

    /** Gives back what was taken. */
    void free() {
        try {
            Files.deleteIfExists(ballast);
        } catch (IOException e) {
            throw new UncheckedIOException("The disk can't be freed: " + directory, e);
        }
    }

    /** Takes the disk away. */
    @Override
    public void close() {
        free();
        Path kept = directory.resolveSibling(directory.getFileName() + ".kept");
        if (keep && !run("cp", "-a", directory.toString(), kept.toString())) {
            LOG.warn("What is on the disk at {} can't be kept", directory);
        }
        if (!run("umount", directory.toString())) {
            LOG.warn("The disk at {} can't be taken away; 'umount' it", directory);
        } else if (keep) {
            putInPlace(kept);
        }
    }

    private void putInPlace(Path kept) {
        try {
            Files.delete(directory);
            Files.move(kept, directory);
        } catch (IOException e) {
            LOG.warn("What was on the disk at {} is in {}", directory, kept, e);
        }
    }

    private static boolean run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            boolean done = process.waitFor(LONGEST_COMMAND_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
            if (!done) {
                LOG.debug("{}: {}", List.of(command), said);
            }
            return done;
        } catch (IOException e) {
            LOG.debug("{} can't be run", List.of(command), e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }
}
