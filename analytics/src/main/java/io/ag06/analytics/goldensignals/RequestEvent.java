package io.ag06.analytics.goldensignals;

/**
 * What golden signals need of one request that a service answered.
 *
 * @param eventTimeMicros when it began, microseconds since the epoch
 * @param service the service
 * @param operation what was asked of it
 * @param region where it was answered
 * @param statusCode HTTP status, or 0 where there is none
 * @param error whether the service itself calls it failed
 * @param durationUs its latency, microseconds, 0 or more
 * @param requestBytes size of the request, bytes
 * @param responseBytes size of the answer, bytes
 */
public record RequestEvent(
        long eventTimeMicros,
        String service,
        String operation,
        String region,
        int statusCode,
        boolean error,
        long durationUs,
        long requestBytes,
        long responseBytes) {
    private static final int FIRST_SERVER_ERROR = 500;

    /** Whether it counts as an error: the service says so, or the status is 500 or above. A 4xx is the caller's. */
    public boolean failed() {
        return error || statusCode >= FIRST_SERVER_ERROR;
    }

    /** The entity and bucket that it counts for. */
    public SignalsKey key() {
        return new SignalsKey(SignalsKey.SERVICE, service, operation, region, Bucket.startOf(eventTimeMicros));
    }
}
