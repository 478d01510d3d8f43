package io.ag06.analytics.goldensignals;

/**
 * What golden signals need of one reading of a service's load.
 *
 * @param eventTimeMicros when it was taken, microseconds since the epoch
 * @param service the service
 * @param cpuUtilisation share of the replicas' processor limit in use, 0..1
 * @param memoryUtilisation share of their memory limit in use, 0..1
 * @param inflightRequests requests being served
 * @param maxInflightRequests requests that may be served at once; 0 where there is no limit
 */
public record LoadEvent(
        long eventTimeMicros,
        String service,
        double cpuUtilisation,
        double memoryUtilisation,
        long inflightRequests,
        long maxInflightRequests) {
    /** How full the service's resources are. */
    public Saturation saturation() {
        return Saturation.NONE
                .with(Saturation.CPU, cpuUtilisation)
                .with(Saturation.MEMORY, memoryUtilisation)
                .with(Saturation.INFLIGHT, inflightRequests, maxInflightRequests);
    }

    /** The entity and bucket that it counts for: the service as a whole. */
    public SignalsKey key() {
        return new SignalsKey(SignalsKey.SERVICE, service, "", "", Bucket.startOf(eventTimeMicros));
    }
}
