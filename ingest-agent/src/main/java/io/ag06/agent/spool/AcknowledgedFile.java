package io.ag06.agent.spool;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * The position up to which all is published, as far as the spool was told: written after Kafka's own commit, so it can
 * lag behind that, and is never ahead. It stands in where Kafka has forgotten (a group's offsets expire after a week).
 */
final class AcknowledgedFile implements Closeable {
    private static final int BYTES = Long.BYTES + Integer.BYTES;

    private final RandomAccessFile file;

    AcknowledgedFile(Path path) throws IOException {
        this.file = new RandomAccessFile(path.toFile(), "rw");
    }

    /** The position; empty where none was written, or the write was torn. */
    synchronized OptionalLong read() throws IOException {
        if (file.length() < BYTES) {
            return OptionalLong.empty();
        }
        var content = new byte[BYTES];
        file.seek(0);
        file.readFully(content);
        long position = ByteBuffer.wrap(content).getLong(0);
        boolean sound = ByteBuffer.wrap(content).getInt(Long.BYTES) == crc(content);
        return sound ? OptionalLong.of(position) : OptionalLong.empty();
    }

    synchronized void write(long position) throws IOException {
        var content = new byte[BYTES];
        ByteBuffer.wrap(content).putLong(0, position);
        ByteBuffer.wrap(content).putInt(Long.BYTES, crc(content));
        file.seek(0);
        file.write(content);
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }

    private static int crc(byte[] content) {
        var crc = new CRC32C();
        crc.update(content, 0, Long.BYTES);
        return (int) crc.getValue();
    }
}
