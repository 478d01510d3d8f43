package io.ag06.agent.simulate;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The load of one service over all its replicas.
 *
 * @param service the service
 * @param time when it was read
 * @param replicas replicas that serve
 * @param cpuUtilisation mean share of their processor limit, 0..1
 * @param memoryUtilisation mean share of their memory limit, 0..1
 * @param inflightRequests requests being served at that instant
 * @param maxInflightRequests requests that they may serve at once
 */
public record SimulatedLoad(
        String service,
        Instant time,
        int replicas,
        double cpuUtilisation,
        double memoryUtilisation,
        long inflightRequests,
        long maxInflightRequests)
        implements SimulatedEvent {
    public SimulatedLoad {
        requireNonNull(service, "service");
        requireNonNull(time, "time");
    }
}
