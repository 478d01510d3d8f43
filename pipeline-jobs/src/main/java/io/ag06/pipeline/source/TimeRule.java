package io.ag06.pipeline.source;

import io.ag06.pipeline.settings.RuleSettings;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
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
     * Why the time is not believed, or empty.
     *
     * @param eventTime microseconds since the epoch
     * @param appendedAt milliseconds since the epoch
     */
    Optional<String> violation(long eventTime, long appendedAt) {
        long ahead = eventTime - appendedAt * 1000;
        if (ahead > furthestAheadMicros) {
            return Optional.of(words(eventTime, "after", ahead, furthestAheadMicros, appendedAt));
        }
        if (-ahead > oldestMicros) {
            return Optional.of(words(eventTime, "before", -ahead, oldestMicros, appendedAt));
        }
        return Optional.empty();
    }

    private static String words(long eventTime, String side, long distance, long allowed, long appendedAt) {
        return "event_time %s is %s %s Kafka appended the record (%s); at most %s is allowed"
                .formatted(
                        Instant.EPOCH.plus(Duration.of(eventTime, java.time.temporal.ChronoUnit.MICROS)),
                        Duration.ofMillis(distance / 1000),
                        side,
                        Instant.ofEpochMilli(appendedAt),
                        Duration.ofMillis(allowed / 1000));
    }

    private static long micros(Duration duration) {
        return Math.multiplyExact(duration.toMillis(), 1000L);
    }
}
