package io.ag06.local.deadletters;

import io.ag06.local.Json;
import io.ag06.local.StackException;
import io.ag06.local.kafka.KafkaLog;
import io.ag06.local.kafka.PartitionReader;
import io.ag06.schemas.DecodeException;
import io.ag06.schemas.TopicText;
import io.ag06.schemas.Topics;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The topic {@code ag06.dead-letter-replays}: which letters were ever sent again. What is in it is committed. */
final class ReplayLog {
    private final String bootstrapServers;

    ReplayLog(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Every replay that was committed until now, the last of each letter.
     *
     * @throws StackException where there is no such topic, or it holds what can't be read: then nobody knows what was
     *     sent again
     */
    Map<LetterId, LetterReplay> read() {
        Map<LetterId, LetterReplay> replays = new HashMap<>();
        TopicText<?> text = TopicText.of(Topics.DEAD_LETTER_REPLAYS);
        try (KafkaLog kafka = new KafkaLog(bootstrapServers);
                PartitionReader<byte[]> reader = PartitionReader.ofValues(bootstrapServers)) {
            List<TopicPartition> partitions = kafka.partitionsOf(List.of(Topics.DEAD_LETTER_REPLAYS.name()));
            if (partitions.isEmpty()) {
                throw new StackException(
                        "Kafka at %s has no topic %s, which remembers what was sent again; create it with: ag06 deploy"
                                .formatted(bootstrapServers, Topics.DEAD_LETTER_REPLAYS));
            }
            Map<TopicPartition, Long> starts = kafka.starts(partitions);
            Map<TopicPartition, Long> ends = kafka.ends(partitions);
            for (TopicPartition partition : partitions) {
                reader.read(
                        partition,
                        starts.get(partition),
                        ends.get(partition),
                        records -> records.stream()
                                .map(record -> replay(text, record))
                                .forEach(replay -> replays.put(replay.letter(), replay)));
            }
        }
        return replays;
    }

    private static LetterReplay replay(TopicText<?> text, ConsumerRecord<Object, byte[]> entry) {
        try {
            return LetterReplay.of(Json.MAPPER.readTree(text.text(entry.value())));
        } catch (DecodeException | IOException e) {
            throw new StackException(
                    "%s/%d/%d does not say which letter was sent again (%s); a newer version may have written it: use that"
                            .formatted(entry.topic(), entry.partition(), entry.offset(), e.getMessage()),
                    e);
        }
    }
}
