package io.ag06.agent.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the spool in order, from the first record that is not acknowledged. What is read stays until it is
 * acknowledged; {@link #rewind} reads it again. Used by one thread.
 */
public final class SpoolReader implements Closeable {
    private final Spool spool;
    private Path path;
    private SegmentWindow window;
    private long position;
    private long acknowledged;
    private long readRecords;
    private long readBytes;

    SpoolReader(Spool spool, long acknowledged) throws IOException {
        this.spool = spool;
        resumeAt(acknowledged);
    }

    /** The position of the next record to be read: all before it were read. */
    public long position() {
        return position;
    }

    /** The position up to which everything is acknowledged. */
    public long acknowledged() {
        return acknowledged;
    }

    /** Waits until there is a record to read; false where there is none within the time. */
    public boolean await(Duration time) throws InterruptedException {
        return spool.awaitRecord(position, time);
    }

    /** The next records, up to so many; empty where there are none. */
    public List<SpooledRecord> next(int max) throws IOException {
        return next(max, Long.MAX_VALUE);
    }

    /** Acknowledges all that was read: it is published, and will not be read again. */
    public void acknowledge() throws IOException {
        spool.acknowledge(position, readRecords, readBytes);
        acknowledged = position;
        readRecords = 0;
        readBytes = 0;
    }

    /** Goes back to the first record that is not acknowledged. */
    public void rewind() {
        position = acknowledged;
        readRecords = 0;
        readBytes = 0;
        path = null;
    }

    /**
     * Goes on from a position that Kafka knows as published: acknowledges all before it.
     *
     * @param published the position; one before {@link #acknowledged} changes nothing
     */
    public void resumeAt(long published) throws IOException {
        rewind();
        long end = spool.end();
        while (!next(1_000, published).isEmpty()) {
            // Read only to count what is done with.
        }
        if (published > end) {
            spool.skipTo(published);
        }
        position = Math.max(position, published);
        if (position > acknowledged) {
            acknowledge();
        }
    }

    @Override
    public void close() throws IOException {
        if (window != null) {
            window.close();
        }
    }

    /** The next records before a position. */
    private List<SpooledRecord> next(int max, long before) throws IOException {
        var records = new ArrayList<SpooledRecord>();
        while (records.size() < max && position < before) {
            var stretch = spool.stretch(position);
            if (stretch == null) {
                break;
            }
            open(stretch);
            read(stretch, max, before, records);
        }
        return records;
    }

    private void read(Spool.Stretch stretch, int max, long before, List<SpooledRecord> records) throws IOException {
        while (records.size() < max && position < before) {
            long from = window.offset();
            var record = window.next(stretch.bytes());
            if (record == null) {
                if (window.offset() < stretch.bytes()) {
                    throw new IOException(stretch.path() + ": damaged at byte " + window.offset()
                            + "; restart the agent to go on behind the damage");
                }
                return;
            }
            records.add(record);
            position++;
            readRecords++;
            readBytes += window.offset() - from;
        }
    }

    /** Opens the file of the position, where it is not open already, and goes to the position within it. */
    private void open(Spool.Stretch stretch) throws IOException {
        if (stretch.path().equals(path)) {
            return;
        }
        close();
        window = new SegmentWindow(stretch.path());
        path = stretch.path();
        // The first position of a file may lie ahead, where damage or a loss of power left a gap.
        long skip = Math.max(0, position - stretch.base());
        position = Math.max(position, stretch.base());
        for (long i = 0; i < skip; i++) {
            if (window.next(stretch.bytes()) == null) {
                throw new IOException(stretch.path() + ": damaged at byte " + window.offset());
            }
        }
    }
}
