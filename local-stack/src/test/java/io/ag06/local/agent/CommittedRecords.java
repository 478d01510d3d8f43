package io.ag06.local.agent;

import io.ag06.schemas.DecodeException;
import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What readers of committed records see of a topic, from its beginning; grows with each {@link #read}. */
final class CommittedRecords<T extends SpecificRecord> implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final RecordCodec<T> codec;
    private final List<T> records = new ArrayList<>();

    CommittedRecords(String bootstrapServers, Topic topic, Class<T> type) {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        codec = RecordCodec.of(type);
        var partitions = new ArrayList<TopicPartition>();
        for (int partition = 0; partition < topic.partitions(); partition++) {
            partitions.add(new TopicPartition(topic.name(), partition));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Takes in what has come; all that was read so far. */
    List<T> read() {
        for (var message : consumer.poll(Duration.ofMillis(200))) {
            try {
                records.add(codec.decode(message.value()));
            } catch (DecodeException e) {
                throw new AssertionError(e);
            }
        }
        return records;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
