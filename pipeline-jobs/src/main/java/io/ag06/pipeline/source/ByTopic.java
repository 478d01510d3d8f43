package io.ag06.pipeline.source;

import io.ag06.schemas.Topic;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Something for each topic, found by the topic's name. Kafka hands records over in runs of one topic, so what was found
 * last is remembered, and found again without a look-up.
 */
final class ByTopic<V> {
    private final Map<String, V> values;
    private String lastTopic;
    private V last;

    ByTopic(List<Topic> topics, Function<Topic, V> value) {
        values = topics.stream().collect(Collectors.toMap(Topic::name, value));
    }

    /** What belongs to the topic; null where it is none of those. */
    V of(String topic) {
        if (!topic.equals(lastTopic)) {
            last = values.get(topic);
            lastTopic = topic;
        }
        return last;
    }
}
