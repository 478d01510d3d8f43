package io.ag06.analytics.scaling.load;

import java.util.OptionalDouble;

/**
 * The load of a service in one minute of event time, or what some of its events add to that. {@link #plus} is
 * associative and commutative: integers are summed and the larger of two is taken, so parts may be put together in any
 * order.
 *
 * @param requests requests that began in the minute
 * @param readings readings of the service's replicas that were taken in it
 * @param cpuMillionths sum over the readings of the processor's utilisation, millionths of the replicas' limit
 * @param inflightMillionths sum over the readings of the requests being served, millionths of those that may be, each
 *     reading's at most a million
 * @param saturation share in use of the fullest resource at its fullest, 0 or more (above 1 where more is in flight
 *     than is allowed); 0 without readings
 * @param newestReadingMicros when the newest reading was taken, microseconds since the epoch; 0 without readings
 * @param replicas replicas that were ready to serve at that reading (the larger number of two at the same time); 0
 *     without readings
 */
public record MinuteLoad(
        long requests,
        long readings,
        long cpuMillionths,
        long inflightMillionths,
        double saturation,
        long newestReadingMicros,
        int replicas) {
    /** Nothing. */
    public static final MinuteLoad NONE = new MinuteLoad(0, 0, 0, 0, 0, 0, 0);

    /** One request. */
    public static final MinuteLoad REQUEST = ofRequests(1);

    private static final double MILLION = 1e6;

    /** Some requests. */
    public static MinuteLoad ofRequests(long requests) {
        return new MinuteLoad(requests, 0, 0, 0, 0, 0, 0);
    }

    /**
     * One reading.
     *
     * @param takenMicros when it was taken, microseconds since the epoch
     * @param cpuUtilisation share of the processor limit in use, 0..1
     * @param memoryUtilisation share of the memory limit in use, 0..1
     * @param inflight requests being served
     * @param maxInflight requests that may be served at once; 0 where there is no limit
     * @param replicas replicas ready to serve
     */
    public static MinuteLoad ofReading(
            long takenMicros,
            double cpuUtilisation,
            double memoryUtilisation,
            long inflight,
            long maxInflight,
            int replicas) {
        double inflightShare = maxInflight == 0 ? 0 : (double) inflight / maxInflight;
        return new MinuteLoad(
                0,
                1,
                Math.round(cpuUtilisation * MILLION),
                Math.round(Math.min(1, inflightShare) * MILLION),
                Math.max(inflightShare, Math.max(cpuUtilisation, memoryUtilisation)),
                takenMicros,
                replicas);
    }

    /** Both together. */
    public MinuteLoad plus(MinuteLoad those) {
        return new MinuteLoad(
                requests + those.requests,
                readings + those.readings,
                cpuMillionths + those.cpuMillionths,
                inflightMillionths + those.inflightMillionths,
                Math.max(saturation, those.saturation),
                Math.max(newestReadingMicros, those.newestReadingMicros),
                newer(those));
    }

    private int newer(MinuteLoad those) {
        if (newestReadingMicros == those.newestReadingMicros) {
            return Math.max(replicas, those.replicas);
        }
        return newestReadingMicros > those.newestReadingMicros ? replicas : those.replicas;
    }

    /** Events that were put together here. */
    public long events() {
        return requests + readings;
    }

    /**
     * How busy the replicas were: the larger of the means over the readings of the processor's utilisation and of the
     * share of requests being served, 0..1; empty without readings. Both are taken by requests and given back; memory
     * is not among them, since it is held without any.
     */
    public OptionalDouble utilisation() {
        return readings == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.max(cpuMillionths, inflightMillionths) / MILLION / readings);
    }
}
