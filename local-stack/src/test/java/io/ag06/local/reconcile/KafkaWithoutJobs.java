package io.ag06.local.reconcile;

import io.ag06.local.LocalKafka;
import io.ag06.schemas.Topic;
import io.ag06.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A Kafka of a test's own, whose records no job archives: the test says what was stored. */
final class KafkaWithoutJobs implements AutoCloseable {
    private final LocalKafka kafka;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    private KafkaWithoutJobs(LocalKafka kafka) {
        this.kafka = kafka;
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()));
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka.bootstrapServers(),
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        "test"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    static KafkaWithoutJobs start(Path folder) {
        LocalKafka kafka = LocalKafka.start(folder, 0);
        kafka.createTopics(Topics.all());
        return new KafkaWithoutJobs(kafka);
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** So many records in one transaction, whose marker takes the offset after them. */
    void commit(Topic topic, int partition, int records) {
        commit(
                topic,
                partition,
                IntStream.range(0, records)
                        .mapToObj(i -> ("record " + i).getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new));
    }

    /** These records in one transaction. */
    void commit(Topic topic, int partition, byte[]... values) {
        producer.beginTransaction();
        send(topic, partition, values);
        producer.commitTransaction();
    }

    /** So many records, of which nobody gets to see any; they and the marker take their offsets all the same. */
    void abort(Topic topic, int partition, int records) {
        producer.beginTransaction();
        send(topic, partition, new byte[records][1]);
        producer.flush();
        producer.abortTransaction();
    }

    private void send(Topic topic, int partition, byte[][] values) {
        for (byte[] value : values) {
            Future<?> unused = producer.send(new ProducerRecord<>(topic.name(), partition, null, value));
        }
    }

    /** As a job does at each completed checkpoint. */
    void positionOf(String job, Topic topic, int partition, long offset) throws Exception {
        await(admin.alterConsumerGroupOffsets(
                        "ag06-" + job,
                        Map.of(new TopicPartition(topic.name(), partition), new OffsetAndMetadata(offset)))
                .all());
    }

    /** As retention does with what is too old. */
    void deleteBelow(Topic topic, int partition, long offset) throws Exception {
        await(admin.deleteRecords(
                        Map.of(new TopicPartition(topic.name(), partition), RecordsToDelete.beforeOffset(offset)))
                .all());
    }

    private static void await(Future<?> answer) throws InterruptedException, ExecutionException {
        answer.get();
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
        kafka.close();
    }
}
