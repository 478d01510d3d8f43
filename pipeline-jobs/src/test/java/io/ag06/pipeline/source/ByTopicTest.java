package io.ag06.pipeline.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.schemas.Topic;
import io.ag06.schemas.Topics;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByTopicTest {
    private final ByTopic<Topic> byTopic =
            new ByTopic<>(List.of(Topics.SERVICE_REQUESTS, Topics.AUDIO_FRAMES), topic -> topic);

    @Test
    void eachTopicHasItsOwnWhateverWasAskedForBefore() {
        for (Topic topic :
                List.of(Topics.AUDIO_FRAMES, Topics.SERVICE_REQUESTS, Topics.SERVICE_REQUESTS, Topics.AUDIO_FRAMES)) {
            assertThat(byTopic.of(topic.name())).isSameAs(topic);
        }
    }

    @Test
    void aTopicThatIsNoneOfThemHasNothingAndDisturbsNothing() {
        assertThat(byTopic.of(Topics.DEVICE_METRICS.name())).isNull();
        assertThat(byTopic.of(Topics.AUDIO_FRAMES.name())).isSameAs(Topics.AUDIO_FRAMES);
        assertThat(byTopic.of(Topics.DEVICE_METRICS.name())).isNull();
    }
}
