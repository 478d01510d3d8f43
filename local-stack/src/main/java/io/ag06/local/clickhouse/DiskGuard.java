package io.ag06.local.clickhouse;

import java.util.Locale;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the engine from writing to a disk that is nearly full. The embedded engine does not notice a write that fails
 * for want of space: it goes on, and puts a part of empty files in the place of the good ones it was merged from
 * (docs/decisions/0007). So merges are stopped and data is refused while there is still room for what is under way.
 */
final class DiskGuard {
    private static final Logger LOG = LoggerFactory.getLogger(DiskGuard.class);
    private static final long SMALLEST_RESERVE = 64L << 20;
    private static final long LARGEST_RESERVE = 1L << 30;

    private final LongSupplier usableBytes;
    private final long reserveBytes;
    private final Merges merges;
    private volatile boolean low;
    private boolean mergesStopped;

    /**
     * @param usableBytes asks how many bytes of the disk are left
     * @param reserveBytes below which nothing more is begun
     */
    DiskGuard(LongSupplier usableBytes, long reserveBytes, Merges merges) {
        this.usableBytes = usableBytes;
        this.reserveBytes = reserveBytes;
        this.merges = merges;
    }

    /** A twentieth of the disk, but at least 64 MiB and at most 1 GiB. */
    static long reserveOf(long diskBytes) {
        return Math.max(SMALLEST_RESERVE, Math.min(LARGEST_RESERVE, diskBytes / 20));
    }

    /** Looks at the disk; to be called some times a second. */
    void look() {
        long usable = usableBytes.getAsLong();
        if (!low && usable < reserveBytes) {
            low = true;
            LOG.error("{} left on the disk; nothing is stored and nothing merged until there is room", words(usable));
        } else if (low && usable >= reserveBytes + reserveBytes / 4) {
            low = false;
            LOG.info("{} left on the disk; it goes on", words(usable));
        }
        if (low != mergesStopped) {
            stopOrStart(low);
        }
    }

    /** What fails now is tried again at the next look. */
    private void stopOrStart(boolean stop) {
        try {
            if (stop) {
                merges.stop();
            } else {
                merges.start();
            }
            mergesStopped = stop;
        } catch (EngineException e) {
            LOG.error("The engine does not {} merging: {}", stop ? "stop" : "go on", e.getMessage());
        }
    }

    /** Refuses what would store data while there is no room for it. */
    void requireRoom() throws EngineException {
        if (low) {
            throw new EngineException(
                    EngineException.NOT_ENOUGH_SPACE,
                    "Less than %s are left on the disk of the embedded engine, which can't bear a full one. Free some."
                                    .formatted(words(reserveBytes))
                            + " (NOT_ENOUGH_SPACE)");
        }
    }

    private static String words(long bytes) {
        return String.format(Locale.ROOT, "%,d MiB", bytes >> 20);
    }

    /** The engine's merges and mutations. */
    interface Merges {
        /** Begins none any more, and breaks off those under way. */
        void stop() throws EngineException;

        /** Goes on. */
        void start() throws EngineException;
    }
}
