package io.ag06.pipeline.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.analytics.scaling.load.MinuteLoad;
import io.ag06.pipeline.event.LoadPart;
import io.ag06.pipeline.settings.RuleSettings;
import io.ag06.pipeline.testing.Kafka;
import io.ag06.schemas.DeviceMetrics;
import io.ag06.schemas.Examples;
import io.ag06.schemas.ServiceMetrics;
import io.ag06.schemas.ServiceRequest;
import io.ag06.schemas.Topic;
import io.ag06.schemas.Topics;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LoadPartsTest {
    private static final Instant APPENDED_AT = Instant.parse("2026-03-01T12:00:25Z");

    private final LoadParts parts = new LoadParts(RuleSettings.DEFAULT);
    private final Kafka.Sink<LoadPart> events = new Kafka.Sink<>();

    @BeforeEach
    void open() {
        parts.open(events);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsOnePartOfItsKind(Topic topic, SpecificRecord example) {
        read(topic, FactRowsTest.bytes(example));

        MinuteLoad load = events.only().load();
        assertThat(load.events()).isEqualTo(1);
        assertThat(load.requests()).isEqualTo(topic.equals(Topics.SERVICE_REQUESTS) ? 1 : 0);
    }

    static Stream<Object[]> examples() {
        return LoadParts.TOPICS.stream()
                .flatMap(topic ->
                        Examples.all(topic.recordClass()).stream().map(example -> new Object[] {topic, example}));
    }

    @Test
    void aRequestIsOneMoreOfItsServiceInItsMinute() {
        read(Topics.SERVICE_REQUESTS, FactRowsTest.bytes(Examples.of(ServiceRequest.class, "ordinary")));

        assertThat(events.only()).isEqualTo(new LoadPart("preset-sync", 1_772_366_400_123L, MinuteLoad.REQUEST));
        assertThat(events.only().minute()).isEqualTo(1_772_366_400 / 60);
    }

    @Test
    void aReadingTellsOfReplicasAndWhatTheyUse() {
        ServiceMetrics reading = Examples.of(ServiceMetrics.class, "no-limit-of-requests");
        read(Topics.SERVICE_METRICS, FactRowsTest.bytes(reading));

        assertThat(events.only())
                .isEqualTo(new LoadPart(
                        "mixer-api",
                        1_772_366_410_000L,
                        new MinuteLoad(0, 1, 580_000, 0, 0.58, 1_772_366_410_000_000L, 6)));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsRefusedIsSkippedAndCounted(Topic topic, byte[] value) {
        read(topic, value);

        assertThat(events.collected()).isEmpty();
        assertThat(events.count(SignalInputs.SKIPPED)).isEqualTo(1);
    }

    static List<Object[]> refused() {
        ServiceRequest tomorrow = Examples.of(ServiceRequest.class, "ordinary");
        tomorrow.setEventTime(APPENDED_AT.plusSeconds(86_400));
        ServiceMetrics late = Examples.of(ServiceMetrics.class, "ordinary");
        late.setEventTime(APPENDED_AT.minusSeconds(401 * 86_400));
        ServiceMetrics impossible = Examples.of(ServiceMetrics.class, "ordinary");
        impossible.setCpuUtilisation(1.5);
        byte[] other = FactRowsTest.bytes(Examples.of(DeviceMetrics.class, "ordinary"));
        return List.of(
                new Object[] {Topics.SERVICE_REQUESTS, new byte[0]},
                new Object[] {Topics.SERVICE_REQUESTS, other},
                new Object[] {Topics.SERVICE_REQUESTS, FactRowsTest.bytes(tomorrow)},
                new Object[] {Topics.SERVICE_METRICS, new byte[] {1, 2, 3}},
                new Object[] {Topics.SERVICE_METRICS, other},
                new Object[] {Topics.SERVICE_METRICS, FactRowsTest.bytes(late)},
                new Object[] {Topics.SERVICE_METRICS, FactRowsTest.bytes(impossible)});
    }

    private void read(Topic topic, byte[] value) {
        parts.deserialize(Kafka.record(topic.name(), 1, 9, APPENDED_AT.toEpochMilli(), value), events);
    }
}
