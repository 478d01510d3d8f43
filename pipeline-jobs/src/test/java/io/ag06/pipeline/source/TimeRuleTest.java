package io.ag06.pipeline.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.pipeline.settings.RuleSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TimeRuleTest {
    private static final long APPENDED_AT = 1_772_366_400_000L;
    private static final long APPENDED_AT_MICROS = APPENDED_AT * 1_000;
    private static final long HOUR = Duration.ofHours(1).toMillis() * 1_000;
    private static final long OLDEST = Duration.ofDays(400).toMillis() * 1_000;

    private final TimeRule rule = new TimeRule(RuleSettings.DEFAULT);

    @Test
    void anHourAheadIsAllowedAndAMicrosecondMoreIsNot() {
        assertThat(rule.violation(APPENDED_AT_MICROS + HOUR, APPENDED_AT)).isEmpty();
        assertThat(rule.violation(APPENDED_AT_MICROS + HOUR + 1, APPENDED_AT)).isPresent();
    }

    @Test
    void fourHundredDaysBackAreAllowedAndAMicrosecondMoreIsNot() {
        assertThat(rule.violation(APPENDED_AT_MICROS - OLDEST, APPENDED_AT)).isEmpty();
        assertThat(rule.violation(APPENDED_AT_MICROS - OLDEST - 1, APPENDED_AT)).isPresent();
    }

    @Test
    void aRefusalNamesBothTimesAndWhatIsAllowed() {
        assertThat(rule.violation(APPENDED_AT_MICROS + 2 * HOUR, APPENDED_AT))
                .hasValue("event_time 2026-03-01T14:00:00Z is PT2H after Kafka appended the record"
                        + " (2026-03-01T12:00:00Z); at most PT1H is allowed");
    }

    @Test
    void theEndsOfTimeAreOnTheirOwnSides() {
        assertThat(rule.violation(Long.MIN_VALUE, APPENDED_AT)).get().asString().contains("before");
        assertThat(rule.violation(Long.MAX_VALUE, APPENDED_AT)).get().asString().contains("after");
    }

    @Property
    void microsecondsComeBackFromInstants(@ForAll long micros) {
        assertThat(Micros.of(Instant.EPOCH.plus(micros, ChronoUnit.MICROS))).isEqualTo(micros);
    }
}
