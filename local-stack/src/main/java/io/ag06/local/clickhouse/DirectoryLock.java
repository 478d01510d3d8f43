package io.ag06.local.clickhouse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A data directory belongs to one process at a time. The system takes the lock back when the process ends, however. */
final class DirectoryLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryLock.class);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final FileChannel file;

    private DirectoryLock(FileChannel file) {
        this.file = file;
    }

    /** Takes the lock; waits while a previous owner is still closing. */
    static DirectoryLock take(Path lockFile, Duration patience) throws IOException {
        var file = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long end = System.nanoTime() + patience.toNanos();
        FileLock lock = file.tryLock();
        if (lock == null) {
            LOG.info("Waiting for process {} to leave {}", owner(lockFile), lockFile.getParent());
        }
        while (lock == null && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            lock = file.tryLock();
        }
        if (lock == null) {
            file.close();
            throw new LocalClickHouseException("The ClickHouse data in " + lockFile.getParent()
                    + " is in use by process " + owner(lockFile) + " (waited " + patience.toSeconds()
                    + " s); stop it or choose another directory");
        }
        file.truncate(0);
        file.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
        return new DirectoryLock(file);
    }

    private static String owner(Path lockFile) throws IOException {
        return Files.readString(lockFile, StandardCharsets.US_ASCII).strip();
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("The lock can't be given back before the process ends", e);
        }
    }
}
