package io.ag06.analytics.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.analytics.health.JobMinute.Checkpoint;
import io.ag06.analytics.health.JobMinute.Freshness;
import io.ag06.analytics.health.JobMinute.Sink;
import io.ag06.analytics.health.JobMinute.Spool;
import io.ag06.analytics.health.JobMinute.Work;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class JobMinuteTest {
    private static final OptionalLong UNKNOWN = OptionalLong.empty();

    @Test
    void theLagIsThatOfAllTopics() {
        assertThat(minute(topic(3, 10, 0), topic(4, 5, 0)).lagRecords()).hasValue(7);
    }

    @Test
    void aLagOfWhichAPartIsNotKnownIsNotKnown() {
        assertThat(minute(topic(3, 10, 0), new TopicMinute("b", UNKNOWN, UNKNOWN, UNKNOWN))
                        .lagRecords())
                .isEmpty();
    }

    @Test
    void withoutTopicsNothingIsKnown() {
        assertThat(minute().lagRecords()).isEmpty();
        assertThat(minute().repeats()).isEmpty();
    }

    @Test
    void repeatsAreThoseOfTheTopicsWhoseTablesTheJobFills() {
        assertThat(minute(topic(0, 10, 2), new TopicMinute("read", OptionalLong.of(0), UNKNOWN, UNKNOWN))
                        .repeats())
                .hasValue(2);
    }

    @Test
    void repeatsThatCouldNotBeCountedAreNotKnown() {
        assertThat(minute(topic(0, 10, 2), new TopicMinute("b", OptionalLong.of(0), OptionalLong.of(9), UNKNOWN))
                        .repeats())
                .isEmpty();
    }

    private static TopicMinute topic(long lag, long stored, long repeats) {
        return new TopicMinute("a", OptionalLong.of(lag), OptionalLong.of(stored), OptionalLong.of(repeats));
    }

    private static JobMinute minute(TopicMinute... topics) {
        return new JobMinute(
                "event-archive",
                Instant.EPOCH,
                Optional.of("RUNNING"),
                Work.UNKNOWN,
                Freshness.UNKNOWN,
                Checkpoint.UNKNOWN,
                new Sink(Optional.empty(), UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
                Spool.UNKNOWN,
                List.of(topics));
    }
}
