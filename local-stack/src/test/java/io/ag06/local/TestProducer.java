package io.ag06.local;

import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.Topic;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts records into topics, each call in one transaction. */
public final class TestProducer implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;

    public TestProducer(LocalStack stack) {
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        stack.kafka().bootstrapServers(),
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        "test-" + UUID.randomUUID()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    public <T extends SpecificRecord> void send(Topic topic, Class<T> type, List<T> records) {
        RecordCodec<T> codec = RecordCodec.of(type);
        sendBytes(topic, records.stream().map(codec::encode).toList());
    }

    public void sendBytes(Topic topic, List<byte[]> values) {
        producer.beginTransaction();
        for (byte[] value : values) {
            Future<?> unused = producer.send(new ProducerRecord<>(topic.name(), value)); // The commit reports failures.
        }
        producer.commitTransaction();
    }

    @Override
    public void close() {
        producer.close();
    }
}
