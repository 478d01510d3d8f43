package io.ag06.pipeline.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.analytics.goldensignals.RequestEvent;
import io.ag06.pipeline.event.SignalInput;
import io.ag06.pipeline.settings.RuleSettings;
import io.ag06.pipeline.testing.Kafka;
import io.ag06.schemas.AudioFrame;
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

class SignalInputsTest {
    private static final Instant APPENDED_AT = Instant.parse("2026-03-01T12:00:05Z");

    private final SignalInputs inputs = new SignalInputs(RuleSettings.DEFAULT);
    private final Kafka.Sink<SignalInput> events = new Kafka.Sink<>();

    @BeforeEach
    void open() {
        inputs.open(events);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsOneEventOfItsKind(Topic topic, SpecificRecord example) {
        read(topic, FactRowsTest.bytes(example));

        SignalInput event = events.only();
        assertThat(event.topic()).isEqualTo(topic.name());
        assertThat(event.partition()).isEqualTo(1);
        assertThat(event.offset()).isEqualTo(9);
        assertThat(event.request() != null).isEqualTo(topic.equals(Topics.SERVICE_REQUESTS));
        assertThat(event.load() != null).isEqualTo(topic.equals(Topics.SERVICE_METRICS));
        assertThat(event.frame() != null).isEqualTo(topic.equals(Topics.AUDIO_FRAMES));
        assertThat(event.device() != null).isEqualTo(topic.equals(Topics.DEVICE_METRICS));
    }

    static Stream<Object[]> examples() {
        return SignalInputs.TOPICS.stream()
                .flatMap(topic ->
                        Examples.all(topic.recordClass()).stream().map(example -> new Object[] {topic, example}));
    }

    @Test
    void aRequestKeepsWhatSignalsNeed() {
        read(Topics.SERVICE_REQUESTS, FactRowsTest.bytes(Examples.of(ServiceRequest.class, "ordinary")));

        assertThat(events.only().request())
                .isEqualTo(new RequestEvent(
                        1_772_366_400_123_456L,
                        "preset-sync",
                        "PUT /presets/{id}",
                        "eu-west",
                        200,
                        false,
                        18_250,
                        2_048,
                        312));
    }

    @Test
    void aFrameCountsTheClippedSamplesOfAllChannels() {
        AudioFrame frame = Examples.of(AudioFrame.class, "clipped");
        long clipped = frame.getChannels().stream()
                .mapToLong(channel -> channel.getClippedSamples())
                .sum();

        read(Topics.AUDIO_FRAMES, FactRowsTest.bytes(frame));

        assertThat(events.only().frame().clippedSamples()).isEqualTo(clipped).isPositive();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsRefusedIsSkippedAndCounted(byte[] value) {
        read(Topics.SERVICE_REQUESTS, value);

        assertThat(events.collected()).isEmpty();
        assertThat(events.count(SignalInputs.SKIPPED)).isEqualTo(1);
    }

    static List<byte[]> refused() {
        ServiceRequest tomorrow = Examples.of(ServiceRequest.class, "ordinary");
        tomorrow.setEventTime(APPENDED_AT.plusSeconds(86_400));
        ServiceRequest negative = Examples.of(ServiceRequest.class, "ordinary");
        negative.setDurationUs(-1);
        return List.of(
                new byte[0],
                new byte[] {1, 2, 3},
                FactRowsTest.bytes(Examples.of(DeviceMetrics.class, "ordinary")),
                FactRowsTest.bytes(Examples.of(ServiceMetrics.class, "ordinary")),
                FactRowsTest.bytes(tomorrow),
                FactRowsTest.bytes(negative));
    }

    private void read(Topic topic, byte[] value) {
        inputs.deserialize(Kafka.record(topic.name(), 1, 9, APPENDED_AT.toEpochMilli(), value), events);
    }
}
