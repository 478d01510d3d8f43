package io.ag06.agent.capture;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The time by which sound is captured: the wall clock, the monotonic clock, and waiting. Tests give their own. */
public interface CaptureClock {
    /** The wall clock. */
    Instant now();

    /** The monotonic clock, nanoseconds; on the same scale as {@link System#nanoTime()} where frames are published. */
    long nanos();

    /**
     * Waits for a time on the monotonic clock, or until stopped.
     *
     * @param nanos when to go on, as {@link #nanos()} tells it; in the past: at once
     * @param stop ends the waiting early when it reaches zero
     * @throws InterruptedException if the thread was interrupted while it waited
     */
    void waitUntil(long nanos, CountDownLatch stop) throws InterruptedException;

    /** Waits for a time to pass, or until stopped. */
    default void waitFor(Duration time, CountDownLatch stop) throws InterruptedException {
        waitUntil(nanos() + time.toNanos(), stop);
    }

    /** The machine's clocks. */
    static CaptureClock system() {
        return new CaptureClock() {
            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            @SuppressWarnings("ReturnValueIgnored") // Both ways of waking mean the same: look again.
            public void waitUntil(long nanos, CountDownLatch stop) throws InterruptedException {
                stop.await(nanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        };
    }
}
