package io.ag06.agent.publish;

import static java.util.Objects.requireNonNull;

import io.ag06.schemas.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The ends at a Kafka cluster.
 *
 * <p>The transactional id is the publisher's name, so that a second one of that name fences the first. The group is
 * that name with the spool's id: positions of two spools never meet. The group has no members and consumes nothing; its
 * offset, kept under partition 0 of the publisher's first topic, is the spool's position. Tools that compute a lag from
 * it show nonsense.
 */
public final class KafkaCluster implements KafkaEnds {
    /** How long one call may wait for the cluster before it counts as away. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String bootstrapServers;
    private final String transactionalId;
    private final Duration transactionTimeout;
    private final ConsumerGroupMetadata group;
    private final TopicPartition positionPartition;

    /**
     * Describes the ends; nothing is opened yet.
     *
     * @param bootstrapServers HOST:PORT, comma separated
     * @param name the publisher's name, the same at each start
     * @param spoolId the spool's own id
     * @param topic one of the topics that are published to
     * @param transactionTimeout after which the cluster gives up a transaction whose producer has gone
     */
    public KafkaCluster(
            String bootstrapServers, String name, String spoolId, Topic topic, Duration transactionTimeout) {
        this.bootstrapServers = requireNonNull(bootstrapServers, "bootstrapServers");
        this.transactionalId = requireNonNull(name, "name");
        this.transactionTimeout = requireNonNull(transactionTimeout, "transactionTimeout");
        this.group = groupWithoutMembers(name + "-" + spoolId);
        this.positionPartition = new TopicPartition(topic.name(), 0);
    }

    @Override
    public Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(producerConfig(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** The producer's configuration, where it differs from Kafka's defaults or must not depend on them. */
    Map<String, Object> producerConfig() {
        var config = clientConfig();
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.toIntExact(transactionTimeout.toMillis()));
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        // A send that takes longer than its transaction lives can't succeed any more.
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(transactionTimeout.toMillis() / 3));
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(transactionTimeout.toMillis() * 4 / 5));
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
        return config;
    }

    @Override
    public OptionalLong committedPosition() throws InterruptedException {
        var config = clientConfig();
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis() / 2));
        try (var admin = Admin.create(config)) {
            // Stable: not while a commit is decided but its offsets are still being written.
            var asked = Map.of(
                    group.groupId(), new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(positionPartition)));
            var committed = admin.listConsumerGroupOffsets(
                            asked, new ListConsumerGroupOffsetsOptions().requireStable(true))
                    .partitionsToOffsetAndMetadata(group.groupId())
                    .get();
            // Kafka leaves out what is not stable yet, and says null where nothing was ever committed.
            if (!committed.containsKey(positionPartition)) {
                throw new KafkaException("the committed position of " + group.groupId() + " is being written");
            }
            var position = committed.get(positionPartition);
            return position == null ? OptionalLong.empty() : OptionalLong.of(position.offset());
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "can't read the committed position of " + group.groupId() + ": "
                            + e.getCause().getMessage(),
                    e.getCause());
        }
    }

    @Override
    public ConsumerGroupMetadata group() {
        return group;
    }

    @Override
    public TopicPartition positionPartition() {
        return positionPartition;
    }

    @Override
    public String toString() {
        return bootstrapServers;
    }

    /**
     * No generation and no member: the group is nothing but the name of an offset. Kafka means to hand such values out
     * by its consumers only, and marks the constructor for removal; a consumer that never consumes would be a
     * connection and a thread for one string.
     */
    @SuppressWarnings("removal")
    private static ConsumerGroupMetadata groupWithoutMembers(String id) {
        return new ConsumerGroupMetadata(id, -1, "", Optional.empty());
    }

    private Map<String, Object> clientConfig() {
        var config = new HashMap<String, Object>();
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, transactionalId);
        return config;
    }
}
