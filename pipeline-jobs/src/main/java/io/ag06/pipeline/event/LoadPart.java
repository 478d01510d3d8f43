package io.ag06.pipeline.event;

import io.ag06.analytics.scaling.load.MinuteLoad;

/**
 * What an event, or several events of one minute, add to a service's load.
 *
 * @param service the service
 * @param timeMillis the event's time, milliseconds since the epoch; of several, some time in their minute
 * @param load what is added
 */
public record LoadPart(String service, long timeMillis, MinuteLoad load) {
    private static final long MILLIS_PER_MINUTE = 60_000;

    /** The part of a minute. */
    public static LoadPart ofMinute(String service, long minute, MinuteLoad load) {
        return new LoadPart(service, minute * MILLIS_PER_MINUTE, load);
    }

    /** The minute it belongs to, minutes since the epoch. */
    public long minute() {
        return minuteOf(timeMillis);
    }

    /** The minute that a moment belongs to, minutes since the epoch. */
    public static long minuteOf(long timeMillis) {
        return Math.floorDiv(timeMillis, MILLIS_PER_MINUTE);
    }

    /** The last millisecond of a minute: when event time has come to it, the minute has ended. */
    public static long endOf(long minute) {
        return (minute + 1) * MILLIS_PER_MINUTE - 1;
    }

    /** The last minute that has ended when event time has come to a moment, minutes since the epoch. */
    public static long lastEndedBy(long timeMillis) {
        return timeMillis == Long.MAX_VALUE ? Long.MAX_VALUE : minuteOf(timeMillis + 1) - 1;
    }

    /**
     * The event's time as far as it may move the clock: not past the time at which Kafka appended its record, since
     * nothing has happened by then that lies later. One producer whose clock is ahead does not end everybody's minutes.
     *
     * @param appendedAt when Kafka appended it, milliseconds since the epoch; negative where it does not come from
     *     there
     */
    public long clockMillis(long appendedAt) {
        return appendedAt < 0 ? timeMillis : Math.min(timeMillis, appendedAt);
    }
}
