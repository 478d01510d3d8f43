package io.ag06.agent.capture;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A clock that stands until somebody waits, and is then at once where he waits for. */
final class ManualClock implements CaptureClock {
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    static final long START_NANOS = 5_000_000_000L;

    private final List<Duration> waits = new ArrayList<>();
    private long nanos = START_NANOS;

    @Override
    public synchronized Instant now() {
        return START.plusNanos(nanos - START_NANOS);
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized void waitUntil(long until, CountDownLatch stop) {
        if (stop.getCount() > 0 && until > nanos) {
            waits.add(Duration.ofNanos(until - nanos));
            nanos = until;
        }
    }

    synchronized void advance(Duration time) {
        nanos += time.toNanos();
    }

    /** How long was waited, each time. */
    synchronized List<Duration> waits() {
        return List.copyOf(waits);
    }
}
