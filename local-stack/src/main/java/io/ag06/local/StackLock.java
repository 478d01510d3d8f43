package io.ag06.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One stack for a data folder. The lock is the operating system's: it goes with the process, however that ends. */
final class StackLock implements AutoCloseable {
    private final FileChannel channel;

    private StackLock(FileChannel channel) {
        this.channel = channel;
    }

    static StackLock take(Path dataDirectory) {
        Path file = dataDirectory.resolve("stack.lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new StackException(
                        "A stack runs in %s already; see it with 'ag06 status', stop it with 'ag06 down', or use another --data folder"
                                .formatted(dataDirectory));
            }
            return new StackLock(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("The data folder can't be locked: " + file, e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // Another stack in this very process.
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
