package io.ag06.agent.spool;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Reads a segment frame by frame through a window in memory. */
final class SegmentWindow implements Closeable {
    private final RandomAccessFile file;
    private final ByteBuffer window = ByteBuffer.allocate(2 * Frame.MAX_BYTES).limit(0);
    private long offset;

    SegmentWindow(Path path) throws IOException {
        this.file = new RandomAccessFile(path.toFile(), "r");
    }

    /** Where the next frame begins. */
    long offset() {
        return offset;
    }

    void seek(long newOffset) {
        offset = newOffset;
        window.limit(0);
    }

    /**
     * The next record.
     *
     * @param end where the sound frames end, as far as the caller knows
     * @return null where no sound frame follows before {@code end}
     */
    SpooledRecord next(long end) throws IOException {
        if (offset >= end) {
            return null;
        }
        var size = Frame.soundBytes(window);
        if (size.isEmpty()) {
            fill(end);
            size = Frame.soundBytes(window);
        }
        if (size.isEmpty()) {
            return null;
        }
        offset += size.get();
        return Frame.decode(window);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void fill(long end) throws IOException {
        window.clear();
        file.seek(offset);
        long wanted = Math.min(window.capacity(), end - offset);
        while (window.position() < wanted) {
            int read = file.read(window.array(), window.position(), (int) wanted - window.position());
            if (read < 0) {
                break;
            }
            window.position(window.position() + read);
        }
        window.flip();
    }
}
