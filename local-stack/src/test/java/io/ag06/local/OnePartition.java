package io.ag06.local;

import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.ServiceRequest;
import io.ag06.schemas.Topics;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Service requests, all in one partition of their topic and with nothing between them: offsets can be foretold. */
final class OnePartition {
    static final TopicPartition OF_REQUESTS = new TopicPartition(Topics.SERVICE_REQUESTS.name(), 0);

    private OnePartition() {}

    /** Sends so many requests of a service. */
    static void send(LocalKafka kafka, String service, int count) {
        RecordCodec<ServiceRequest> codec = RecordCodec.of(ServiceRequest.class);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (ServiceRequest request : EventArchiveITCase.requests(service, count, Instant.now())) {
                Future<?> unused = producer.send(new ProducerRecord<>(
                        OF_REQUESTS.topic(), OF_REQUESTS.partition(), null, codec.encode(request)));
            }
        }
    }
}
