package io.ag06.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopicsTest {
    static List<Topic> topics() {
        return Topics.all();
    }

    @Test
    void everyFileOfTheFolderIsATopicAndEveryTopicAFile() throws IOException, URISyntaxException {
        var folder = Path.of(Topics.class.getResource("/topics").toURI());
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Topics.all().stream()
                            .map(topic -> topic.shortName() + ".yaml")
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void hasASchemaAnExampleAProducerAndAConsumer(Topic topic) {
        assertThat(topic.schema().getName()).isEqualTo(topic.record());
        assertThat(Examples.cases(topic.recordClass())).isNotEmpty();
        assertThat(topic.producers()).isNotEmpty();
        assertThat(topic.consumers()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void isKeyedByARequiredStringOfItsRecord(Topic topic) {
        var field = topic.schema().getField(topic.key());
        assertThat(field).isNotNull();
        assertThat(field.schema().getType()).isEqualTo(Schema.Type.STRING);
        assertThat(topic.keyReason()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void tellsItsRecordsApartByRequiredFields(Topic topic) {
        assertThat(topic.identity()).isNotEmpty().doesNotHaveDuplicates();
        assertThat(topic.identity())
                .allSatisfy(name -> assertThat(topic.schema().getField(name))
                        .isNotNull()
                        .satisfies(field -> assertThat(field.schema().isUnion()).isFalse()));
    }

    @Test
    void recordsOfEventsSayWhenTheyHappened() {
        assertThat(Topics.SERVICE_REQUESTS.hasEventTime()).isTrue();
        assertThat(Topics.DEAD_LETTERS.hasEventTime()).isFalse();
    }

    @Test
    void anEventIsToldApartByItsId() {
        assertThat(Topics.SERVICE_REQUESTS.identity()).containsExactly("event_id");
        assertThat(Topics.AUDIO_FRAMES.identity()).containsExactly("device_id", "stream_id", "sequence");
    }

    @ParameterizedTest
    @MethodSource("topics")
    void followsTheRulesOfAllTopics(Topic topic) {
        assertThat(topic.timestamp()).isEqualTo("LogAppendTime");
        assertThat(topic.compatibility()).isEqualTo("FULL_TRANSITIVE");
        assertThat(topic.description()).endsWith(".");
    }

    @Test
    void readsWhatTheFileSays() {
        assertThat(Topics.AUDIO_FRAMES.name()).isEqualTo("ag06.audio-frames");
        assertThat(Topics.AUDIO_FRAMES.partitions()).isEqualTo(2);
        assertThat(Topics.AUDIO_FRAMES.retention()).isEqualTo(Duration.ofDays(7));
        assertThat(Topics.AUDIO_FRAMES.recordClass()).isEqualTo(AudioFrame.class);
        assertThat(Topics.DEAD_LETTERS.retention()).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void areFoundByEitherName() {
        assertThat(Topics.named("ag06.service-requests")).contains(Topics.SERVICE_REQUESTS);
        assertThat(Topics.named("service-requests")).contains(Topics.SERVICE_REQUESTS);
        assertThat(Topics.named("requests")).isEmpty();
    }

    @Test
    void refuseANumberOfPartitionsThatKafkaWould() {
        var good = Topics.AUDIO_FRAMES;
        assertThatThrownBy(() -> new Topic(
                        good.name(),
                        good.record(),
                        good.description(),
                        good.key(),
                        good.keyReason(),
                        good.identity(),
                        0,
                        good.retention(),
                        good.timestamp(),
                        good.compatibility(),
                        good.producers(),
                        good.consumers()))
                .hasMessageContaining("ag06.audio-frames: partitions must be at least 1, was 0");
    }
}
