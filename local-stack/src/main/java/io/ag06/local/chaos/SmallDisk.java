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
    /** How the system's table of mounts names it, before the number of this process. */
    static final String NAME = "ag06-chaos";

    private static final Logger LOG = LoggerFactory.getLogger(SmallDisk.class);
    private static final int LONGEST_COMMAND_SECONDS = 30;
    private static final Duration PAUSE_BETWEEN_CHUNKS = Duration.ofMillis(8);

    private final Path directory;
    private final Path ballast;
    private boolean keep = true;

    private SmallDisk(Path directory) {
        this.directory = directory;
        this.ballast = directory.resolve("ballast");
    }

    /**
     * Puts a disk at a folder that is empty; none where this system or this user may not.
     *
     * @param mebibytes its size
     */
    static Optional<SmallDisk> at(Path directory, int mebibytes) throws IOException {
        Files.createDirectories(directory);
        String name = "%s-%d".formatted(NAME, ProcessHandle.current().pid());
        return run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", name, directory.toString())
                ? Optional.of(new SmallDisk(directory))
                : Optional.empty();
    }

    /** Takes a disk away, unless somebody still works on it; answers whether it is gone. */
    static boolean unmount(Path directory) {
        return run("umount", directory.toString());
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

    /** Nobody wants what is on it: it goes with the disk. */
    void discard() {
        keep = false;
    }

    /**
     * Takes the disk away; what is on it stays in the folder, unless it was discarded. Where that can't be had, the
     * disk stays as well.
     */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted(); // Which would keep the commands from being waited for.
        try {
            takeAway();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void takeAway() {
        free();
        Path kept = directory.resolveSibling(directory.getFileName() + ".kept");
        if (keep && !run("cp", "-a", directory.toString(), kept.toString())) {
            LOG.warn("What is on the disk at {} can't be copied to {}, so it stays; 'umount' it", directory, kept);
            return;
        }
        if (!unmount(directory)) {
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
