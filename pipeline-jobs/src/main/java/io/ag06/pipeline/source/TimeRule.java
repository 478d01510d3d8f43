package io.ag06.pipeline.source;

import io.ag06.pipeline.settings.RuleSettings;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Judges an event's time by the time at which Kafka appended its record. */
final class TimeRule implements Serializable {
    private final long furthestAheadMicros;
    private final long oldestMicros;

    TimeRule(RuleSettings rules) {
        furthestAheadMicros = micros(rules.furthestAhead());
        oldestMicros = micros(rules.oldest());
    }

    /**
     * Whether the time is believed.
     *
     * @param eventTime microseconds since the epoch
     * @param appendedAt milliseconds since the epoch
     */
    boolean allows(long eventTime, long appendedAt) {
        long appended = appendedAt * 1000;
        // Bounds are compared, not distances: an event may lie so far away that its distance is no long.
        return eventTime <= appended + furthestAheadMicros && eventTime >= appended - oldestMicros;
    }

    /**
     * Why the time is not believed, or empty.
     *
     * @param eventTime microseconds since the epoch
     * @param appendedAt milliseconds since the epoch
     */
    Optional<String> violation(long eventTime, long appendedAt) {
        if (allows(eventTime, appendedAt)) {
            return Optional.empty();
        }
        return Optional.of(
                eventTime > appendedAt * 1000
                        ? words(eventTime, "after", furthestAheadMicros, appendedAt)
                        : words(eventTime, "before", oldestMicros, appendedAt));
    }

    private static String words(long eventTime, String side, long allowed, long appendedAt) {
        Instant event = Instant.EPOCH.plus(eventTime, ChronoUnit.MICROS);
        Instant appended = Instant.ofEpochMilli(appendedAt);
        return "event_time %s is %s %s Kafka appended the record (%s); at most %s is allowed"
                .formatted(
                        event,
                        Duration.between(appended, event).abs().truncatedTo(ChronoUnit.MILLIS),
                        side,
                        appended,
                        Duration.of(allowed, ChronoUnit.MICROS));
    }

    private static long micros(Duration duration) {
        return Math.multiplyExact(duration.toMillis(), 1000L);
    }
}
