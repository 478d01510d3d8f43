package io.ag06.agent.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file of the spool: frames one after the other, the first one being the record whose position names the file.
 * Guarded by the spool's lock, except for reading what is already counted in {@link #bytes}.
 *
 * <p>Files are used through {@link RandomAccessFile}: a {@code FileChannel} would be closed under the spool's feet when
 * the thread that writes is interrupted.
 */
final class Segment {
    static final String SUFFIX = ".spool";

    private static final Logger LOG = LoggerFactory.getLogger(Segment.class);

    private final Path path;
    private final long base;
    private RandomAccessFile file;
    private long bytes;
    private long records;

    private Segment(Path path, long base) {
        this.path = path;
        this.base = base;
    }

    /** A new, empty file for the records from this position on. */
    static Segment create(Path folder, long base) throws IOException {
        var segment = new Segment(folder.resolve(String.format("%020d%s", base, SUFFIX)), base);
        segment.file = new RandomAccessFile(segment.path.toFile(), "rw");
        segment.file.setLength(0);
        return segment;
    }

    /**
     * A file that was left behind. What follows its last sound frame is cut: in the newest file that is the record
     * which was being written when the agent was killed. In any other it is damage, and is kept aside.
     */
    static Segment open(Path path, boolean newest) throws IOException {
        var name = path.getFileName().toString();
        var segment = new Segment(path, Long.parseLong(name.substring(0, name.length() - SUFFIX.length())));
        segment.file = new RandomAccessFile(path.toFile(), "rw");
        segment.count();
        long torn = segment.file.length() - segment.bytes;
        if (torn > 0) {
            segment.cut(torn, newest);
        }
        segment.file.seek(segment.bytes);
        return segment;
    }

    long base() {
        return base;
    }

    long bytes() {
        return bytes;
    }

    long records() {
        return records;
    }

    /** The position after the last record. */
    long end() {
        return base + records;
    }

    Path path() {
        return path;
    }

    void append(byte[] frame) throws IOException {
        try {
            file.write(frame);
        } catch (IOException e) {
            // A full disk may have taken a part of it; the next frame is written over that.
            file.seek(bytes);
            throw e;
        }
        bytes += frame.length;
        records++;
    }

    /** Waits until the operating system has written the file to the disk. */
    void sync() throws IOException {
        file.getFD().sync();
    }

    void close() throws IOException {
        file.close();
    }

    void delete() throws IOException {
        file.close();
        Files.deleteIfExists(path);
    }

    private void count() throws IOException {
        try (var window = new SegmentWindow(path)) {
            for (var frame = window.next(Long.MAX_VALUE); frame != null; frame = window.next(Long.MAX_VALUE)) {
                records++;
            }
            bytes = window.offset();
        }
    }

    private void cut(long torn, boolean newest) throws IOException {
        if (newest) {
            LOG.info("{}: cut {} bytes of a record that was not written to its end", path, torn);
        } else {
            var aside = path.resolveSibling(path.getFileName() + ".damaged");
            var tail = ByteBuffer.allocate(Math.toIntExact(torn));
            file.seek(bytes);
            file.readFully(tail.array());
            Files.write(aside, tail.array());
            LOG.error(
                    "{}: damaged from byte {} on; {} bytes can't be published and are kept in {}",
                    path,
                    bytes,
                    torn,
                    aside);
        }
        file.setLength(bytes);
    }
}
