package io.ag06.pipeline.sink.clickhouse;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * What one writer or delivery says of itself to whoever watches. It is read by other threads, also while its own waits
 * for ClickHouse. Everything starts from zero with the task.
 */
public final class SinkMetrics {
    /** How long the wait that goes on now has lasted, milliseconds; 0 while blocks flow. */
    public static final String WAITING_MS = "waitingMs";
    /** How long was waited in all, the wait that goes on now included, milliseconds. */
    public static final String WAITED_MS = "waitedMs";
    /** Attempts that failed, each followed by another. */
    public static final String FAILED_ATTEMPTS = "failedAttempts";
    /** Blocks sent and stored. */
    public static final String BLOCKS_SENT = "blocksSent";
    /** Blocks that a look-up found stored, so that they were not sent again. */
    public static final String BLOCKS_FOUND = "blocksFound";
    /** Blocks that ClickHouse refused, kept in {@code rejected_blocks}. */
    public static final String BLOCKS_REJECTED = "blocksRejected";
    /** Rows of the blocks sent and of those found. */
    public static final String ROWS_STORED = "rowsStored";
    /** Bytes of blocks that went to files. */
    public static final String SPILLED_BYTES = "spilledBytes";

    private static final long FLOWING = -1;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LongSupplier nanoClock;
    private final AtomicLong waitingSince = new AtomicLong(FLOWING);
    private final AtomicLong waitedNanos = new AtomicLong();
    private final AtomicLong failedAttempts = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong found = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong spilled = new AtomicLong();

    /** @param nanoClock counts nanoseconds up from 0 or more, as {@code System.nanoTime} less its first answer does */
    SinkMetrics(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Metrics that nobody looks at yet. */
    static SinkMetrics ofThisProcess() {
        long start = System.nanoTime();
        return new SinkMetrics(() -> System.nanoTime() - start);
    }

    /** Shows them under a writer's or a delivery's own names. */
    SinkMetrics shownIn(MetricGroup group) {
        group.gauge(WAITING_MS, (Gauge<Long>) this::waitingMs);
        group.gauge(WAITED_MS, (Gauge<Long>) this::waitedMs);
        group.gauge(FAILED_ATTEMPTS, (Gauge<Long>) failedAttempts::get);
        group.gauge(BLOCKS_SENT, (Gauge<Long>) sent::get);
        group.gauge(BLOCKS_FOUND, (Gauge<Long>) found::get);
        group.gauge(BLOCKS_REJECTED, (Gauge<Long>) rejected::get);
        group.gauge(ROWS_STORED, (Gauge<Long>) rows::get);
        group.gauge(SPILLED_BYTES, (Gauge<Long>) spilled::get);
        return this;
    }

    /** An attempt failed; if none had before, a wait begins. */
    void attemptFailed() {
        failedAttempts.incrementAndGet();
        waitingSince.compareAndSet(FLOWING, nanoClock.getAsLong());
    }

    /** There is nothing to wait for any more: the attempt succeeded, or nobody will make another. */
    void waitEnded() {
        long since = waitingSince.getAndSet(FLOWING);
        if (since != FLOWING) {
            waitedNanos.addAndGet(nanoClock.getAsLong() - since);
        }
    }

    /**
     * A block is stored.
     *
     * @param now whether it was sent, or found
     */
    void stored(Block block, boolean now) {
        (now ? sent : found).incrementAndGet();
        rows.addAndGet(block.rows());
    }

    /** A block was refused, and its refusal is stored. */
    void rejected() {
        rejected.incrementAndGet();
    }

    /** A block's rows went to a file. */
    void spilled(long bytes) {
        spilled.addAndGet(bytes);
    }

    long waitingMs() {
        long since = waitingSince.get();
        // A wait that has only begun is a wait.
        return since == FLOWING ? 0 : Math.max(1, (nanoClock.getAsLong() - since) / NANOS_PER_MILLI);
    }

    long waitedMs() {
        return waitedNanos.get() / NANOS_PER_MILLI + waitingMs();
    }
}
