package io.ag06.pipeline.settings;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;

/**
 * Which event times are believed. The reference is the time at which Kafka appended the record, never the clock of
 * whoever reads it, so that a replay judges alike.
 *
 * @param furthestAhead how far an event may lie after its append time ({@code rules.furthest-ahead})
 * @param oldest how far it may lie before it ({@code rules.oldest}); the retention of the aggregates, which would drop
 *     what is older
 */
public record RuleSettings(Duration furthestAhead, Duration oldest) implements Serializable {
    /** An hour ahead, 400 days back. */
    public static final RuleSettings DEFAULT = new RuleSettings(Duration.ofHours(1), Duration.ofDays(400));

    public RuleSettings {
        requireNonNull(furthestAhead, "furthestAhead");
        requireNonNull(oldest, "oldest");
    }

    static RuleSettings read(SettingsReader settings) {
        return new RuleSettings(
                settings.duration("rules.furthest-ahead", DEFAULT.furthestAhead, Duration.ZERO, Duration.ofDays(1)),
                settings.duration("rules.oldest", DEFAULT.oldest, Duration.ofDays(1), Duration.ofDays(400)));
    }
}
