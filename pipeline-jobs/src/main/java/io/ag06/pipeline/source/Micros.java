package io.ag06.pipeline.source;

import java.time.Instant;

/** Instants as microseconds since the epoch, which is how records and tables hold them. */
final class Micros {
    private Micros() {}

    /**
     * The microseconds of any instant that a record can hold, which is any {@code long}; a fraction is rounded down.
     *
     * @throws ArithmeticException for an instant that no record can hold
     */
    static long of(Instant time) {
        long seconds = time.getEpochSecond();
        long fraction = time.getNano() / 1000L;
        if (seconds < 0 && fraction > 0) { // Whole seconds may lie below the smallest long where their sum does not.
            seconds++;
            fraction -= 1_000_000L;
        }
        return Math.addExact(Math.multiplyExact(seconds, 1_000_000L), fraction);
    }
}
