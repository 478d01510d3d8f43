package io.ag06.local.clickhouse;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of the heap that all bodies together may take. What doesn't fit goes to a file. */
final class MemoryBudget {
    private final AtomicLong left;

    MemoryBudget(long bytes) {
        left = new AtomicLong(bytes);
    }

    /** Takes the bytes if they are there. */
    boolean tryTake(long bytes) {
        long before = left.get();
        while (before >= bytes) {
            if (left.compareAndSet(before, before - bytes)) {
                return true;
            }
            before = left.get();
        }
        return false;
    }

    void giveBack(long bytes) {
        left.addAndGet(bytes);
    }

    long left() {
        return left.get();
    }
}
