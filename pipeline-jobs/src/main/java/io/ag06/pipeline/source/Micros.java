package io.ag06.pipeline.source;

import java.time.Instant;

/** Instants as microseconds since the epoch, which is how records and tables hold them. */
final class Micros {
    private Micros() {}

    static long of(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1000L);
    }
}
