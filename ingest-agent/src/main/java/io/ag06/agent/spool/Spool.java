package io.ag06.agent.spool;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records that wait to be published, in files of one folder.
 *
 * <p>Every record has a position, counted from 0 over the life of the folder. A record is taken in when {@link #put} or
 * {@link #offer} returns: from then on it survives a killed agent (the operating system holds it), and, after the next
 * {@link #sync}, a killed machine. It leaves when its {@link SpoolReader} acknowledges it. The folder belongs to one
 * agent at a time, and has a name of its own ({@link #id}) under which its progress is kept on Kafka.
 *
 * <p>Any thread may add records; one thread reads.
 */
public final class Spool implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final Duration RETRY_WRITE = Duration.ofSeconds(1);

    private final Path folder;
    private final SpoolSettings settings;
    private final FileLock folderLock;
    private final String id;
    private final AcknowledgedFile acknowledgedFile;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final Condition freed = lock.newCondition();
    private final Deque<Segment> segments = new ArrayDeque<>();
    private long waitingRecords;
    private long waitingBytes;
    private long refused;
    private State state = State.OPEN;
    private boolean closed;

    private enum State {
        OPEN,
        FULL,
        DISK_FAILS
    }

    private Spool(Path folder, SpoolSettings settings, FileLock folderLock) throws IOException {
        this.folder = folder;
        this.settings = settings;
        this.folderLock = folderLock;
        this.id = readId(folder);
        this.acknowledgedFile = new AcknowledgedFile(folder.resolve("acknowledged"));
        openSegments();
    }

    /**
     * Opens the spool of a folder, which is made where it is missing.
     *
     * @throws IOException where the folder can't be used, or another agent uses it
     */
    public static Spool open(Path folder, SpoolSettings settings) throws IOException {
        requireNonNull(settings, "settings");
        Files.createDirectories(folder);
        var lockFile = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            var folderLock = lockFile.tryLock();
            if (folderLock == null) {
                throw inUse(folder);
            }
            return new Spool(folder, settings, folderLock);
        } catch (OverlappingFileLockException e) {
            lockFile.close();
            throw inUse(folder);
        } catch (IOException e) {
            lockFile.close();
            throw e;
        }
    }

    /** The folder's own name, drawn when it was made. */
    public String id() {
        return id;
    }

    /** The position of the next record to be added. */
    public long end() {
        lock.lock();
        try {
            return segments.getLast().end();
        } finally {
            lock.unlock();
        }
    }

    /** How full the spool is. */
    public SpoolLevel level() {
        lock.lock();
        try {
            return new SpoolLevel(waitingRecords, waitingBytes, settings.limitBytes(), refused);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds a record, and waits while the spool is full or the disk takes nothing.
     *
     * @throws InterruptedException where the thread was interrupted while it waited; the record is then not taken in
     */
    public void put(SpooledRecord record) throws InterruptedException {
        var frame = Frame.encode(record);
        lock.lockInterruptibly();
        try {
            while (!tryAppend(frame)) {
                // A disk that has room again tells nobody, hence the retry.
                freed.awaitNanos(RETRY_WRITE.toNanos());
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds a record if there is room, for a source that can't wait.
     *
     * @return false where the record was refused, which is counted in {@link SpoolLevel#refused}
     */
    public boolean offer(SpooledRecord record) {
        var frame = Frame.encode(record);
        lock.lock();
        try {
            boolean taken = tryAppend(frame);
            if (!taken) {
                refused++;
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until what was taken in before is on the disk. */
    public void sync() throws IOException {
        Segment newest;
        lock.lock();
        try {
            newest = segments.getLast();
        } finally {
            lock.unlock();
        }
        // Outside the lock: it takes milliseconds, and a live source must not wait that long. Older files are synced
        // when they are closed.
        newest.sync();
    }

    /** The one reader, which starts with the first record that is not acknowledged. */
    public SpoolReader reader() throws IOException {
        return new SpoolReader(this, acknowledgedFile.read().orElse(0));
    }

    /** Closes the files; what is not acknowledged stays in them. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            segments.getLast().sync();
            for (var segment : segments) {
                segment.close();
            }
            acknowledgedFile.close();
            folderLock.acquiredBy().close();
        } finally {
            lock.unlock();
        }
    }

    // ---- for the reader

    /** Waits until there is a record at or after this position; false where there is none within the time. */
    boolean awaitRecord(long position, Duration time) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = time.toNanos();
            while (segments.getLast().end() <= position) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = added.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The stretch of a file that holds this position and what follows it; null where there is nothing to read. */
    Stretch stretch(long position) {
        lock.lock();
        try {
            for (var segment : segments) {
                if (segment.end() > position) {
                    return new Stretch(segment.path(), segment.base(), segment.bytes());
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Notes that all records before this position are published, and deletes the files that are done with. */
    void acknowledge(long position, long records, long bytes) throws IOException {
        acknowledgedFile.write(position);
        lock.lock();
        try {
            waitingRecords -= records;
            waitingBytes -= bytes;
            while (segments.size() > 1 && segments.getFirst().end() <= position) {
                segments.removeFirst().delete();
            }
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Goes on from a position that lies beyond the newest record: a machine that lost its power had published records
     * which the disk had not kept. Their positions must not be used again.
     */
    void skipTo(long position) throws IOException {
        lock.lock();
        try {
            if (segments.getLast().end() < position) {
                LOG.warn(
                        "{}: {} published records are missing from the spool, as after a loss of power; going on behind"
                                + " them",
                        folder,
                        position - segments.getLast().end());
                segments.add(Segment.create(folder, position));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Where some records lie: the file, the position of its first record, and where its sound bytes end. */
    record Stretch(Path path, long base, long bytes) {}

    // ---- with the lock held

    private boolean tryAppend(byte[] frame) {
        if (closed) {
            throw new IllegalStateException("the spool " + folder + " is closed");
        }
        if (waitingBytes + frame.length > settings.limitBytes()) {
            enter(State.FULL, null);
            return false;
        }
        try {
            var newest = segments.getLast();
            if (newest.bytes() > 0 && newest.bytes() + frame.length > settings.segmentBytes()) {
                newest.sync();
                newest = Segment.create(folder, newest.end());
                segments.add(newest);
            }
            newest.append(frame);
        } catch (IOException e) {
            enter(State.DISK_FAILS, e);
            return false;
        }
        waitingRecords++;
        waitingBytes += frame.length;
        enter(State.OPEN, null);
        added.signalAll();
        return true;
    }

    /** Logs changes only: a full spool is asked again with every record. */
    private void enter(State next, IOException failure) {
        if (state == next) {
            return;
        }
        switch (next) {
            case OPEN -> LOG.info("{}: the spool takes records again; {} were refused so far", folder, refused);
            case FULL ->
                LOG.warn(
                        "{}: the spool is full ({} records, {} bytes); files and generators wait, new live frames are"
                                + " lost until Kafka takes records again",
                        folder,
                        waitingRecords,
                        waitingBytes);
            case DISK_FAILS -> LOG.warn("{}: the disk takes no more records, trying again: {}", folder, "" + failure);
        }
        state = next;
    }

    private void openSegments() throws IOException {
        Path[] files;
        try (var found = Files.list(folder)) {
            files = found.filter(file -> file.toString().endsWith(Segment.SUFFIX))
                    .sorted()
                    .toArray(Path[]::new);
        }
        for (int i = 0; i < files.length; i++) {
            var segment = Segment.open(files[i], i == files.length - 1);
            segments.add(segment);
            waitingRecords += segment.records();
            waitingBytes += segment.bytes();
        }
        if (segments.isEmpty()) {
            segments.add(Segment.create(folder, acknowledgedFile.read().orElse(0)));
        }
    }

    private static String readId(Path folder) throws IOException {
        var file = folder.resolve("id");
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        var id = UUID.randomUUID().toString().substring(0, 8);
        // Moved into place whole: a folder with half a name would take up another's progress.
        var draft = Files.writeString(folder.resolve("id.new"), id + "\n");
        Files.move(draft, file);
        return id;
    }

    private static IOException inUse(Path folder) {
        return new IOException(
                "the spool " + folder + " is in use by another agent; stop that one or name another folder (--spool)");
    }
}
