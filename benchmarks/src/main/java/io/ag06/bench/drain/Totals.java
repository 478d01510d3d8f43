package io.ag06.bench.drain;

import io.ag06.bench.load.RequestStream;
import io.ag06.schemas.ServiceRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;

/**
 * What a topic's requests come to. Every round must come to the same, or what it measured is worth nothing.
 *
 * @param records how many requests there are
 * @param bytes request plus response bytes
 * @param durationMicros sum of their latencies, microseconds
 * @param failed how many count as errors
 * @param sums combinations of service, operation, region and 10 s bucket
 */
record Totals(long records, long bytes, long durationMicros, long failed, long sums) {
    /** Adds requests up. */
    static final class Adder {
        private static final long BUCKET_MICROS = 10_000_000;

        private final Set<Long> sums = new HashSet<>();
        private long records;
        private long bytes;
        private long durationMicros;
        private long failed;

        /** @param key stands for the request's service, operation and region */
        void add(ServiceRequest request, int key) {
            records++;
            bytes += request.getRequestBytes() + request.getResponseBytes();
            durationMicros += request.getDurationUs();
            if (request.getError() || request.getStatusCode() >= 500) {
                failed++;
            }
            long micros = ChronoUnit.MICROS.between(Instant.EPOCH, request.getEventTime());
            sums.add(Math.floorDiv(micros, BUCKET_MICROS) * RequestStream.keys() + key);
        }

        Totals totals() {
            return new Totals(records, bytes, durationMicros, failed, sums.size());
        }
    }
}
