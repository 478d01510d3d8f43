package io.ag06.bench.drain;

import io.ag06.bench.load.RequestStream;
import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.ServiceRequest;
import io.ag06.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The topic of service requests, full of them.
 *
 * @param bootstrapServers {@code host:port} of its Kafka
 * @param totals what its records come to
 * @param seconds how long loading took
 */
record LoadedTopic(String bootstrapServers, Totals totals, double seconds) {
    private static final int TELL_EVERY = 500_000;

    /**
     * Loads the topic, compressed as the product's own producers do.
     *
     * @param last when the last request shall end; times near to now, since rules judge them by Kafka's append time
     * @param progress is told how many were sent
     */
    static LoadedTopic load(String bootstrapServers, long records, Instant last, LongConsumer progress) {
        long begin = System.nanoTime();
        RequestStream requests =
                new RequestStream(last.minus(Duration.ofSeconds(records / RequestStream.PER_SECOND + 1)));
        RecordCodec<ServiceRequest> codec = RecordCodec.of(ServiceRequest.class);
        Totals.Adder totals = new Totals.Adder();
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer = producer(bootstrapServers)) {
            for (long sent = 1; sent <= records; sent++) {
                ServiceRequest request = requests.next();
                totals.add(request, requests.lastKey());
                byte[] key = request.getService().getBytes(StandardCharsets.UTF_8);
                Future<?> unused = producer.send( // The callback reports failures.
                        new ProducerRecord<>(Topics.SERVICE_REQUESTS.name(), key, codec.encode(request)),
                        (position, failed) -> {
                            if (failed != null) {
                                failure.set(failed);
                            }
                        });
                if (sent % TELL_EVERY == 0) {
                    progress.accept(sent);
                }
            }
            producer.flush();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("The topic can't be loaded: " + failure.get(), failure.get());
        }
        return new LoadedTopic(bootstrapServers, totals.totals(), (System.nanoTime() - begin) / 1e9);
    }

    /** The topic's partitions. */
    static List<TopicPartition> partitions() {
        return IntStream.range(0, Topics.SERVICE_REQUESTS.partitions())
                .mapToObj(number -> new TopicPartition(Topics.SERVICE_REQUESTS.name(), number))
                .toList();
    }

    private static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4",
                        ProducerConfig.LINGER_MS_CONFIG,
                        20,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        256 * 1024),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
