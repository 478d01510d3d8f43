package io.ag06.agent.simulate;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * One request served by a cloud service.
 *
 * @param eventId drawn from the seed, looks like a UUID
 * @param time when it began
 * @param service the service that answered
 * @param operation what was asked of it
 * @param region where it was answered
 * @param statusCode HTTP status
 * @param error whether the service failed
 * @param durationMicros from arrival to the answer's last byte
 * @param requestBytes size of the request's body
 * @param responseBytes size of the answer's body
 * @param traceId the trace that it belongs to, 32 hexadecimal digits; empty for most
 */
public record SimulatedRequest(
        String eventId,
        Instant time,
        String service,
        String operation,
        String region,
        int statusCode,
        boolean error,
        long durationMicros,
        long requestBytes,
        long responseBytes,
        Optional<String> traceId)
        implements SimulatedEvent {
    public SimulatedRequest {
        requireNonNull(eventId, "eventId");
        requireNonNull(time, "time");
        requireNonNull(traceId, "traceId");
    }

    /** A request that belongs to no trace. */
    public SimulatedRequest(
            String eventId,
            Instant time,
            String service,
            String operation,
            String region,
            int statusCode,
            boolean error,
            long durationMicros,
            long requestBytes,
            long responseBytes) {
        this(
                eventId,
                time,
                service,
                operation,
                region,
                statusCode,
                error,
                durationMicros,
                requestBytes,
                responseBytes,
                Optional.empty());
    }
}
