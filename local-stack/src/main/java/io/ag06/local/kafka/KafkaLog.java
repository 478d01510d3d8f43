package io.ag06.local.kafka;

import io.ag06.local.StackException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What Kafka says of its partitions: where they begin and end, and how far a group of consumers has come. */
public final class KafkaLog implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final String bootstrapServers;
    private final Admin admin;

    /** @param bootstrapServers {@code host:port[,host:port]} */
    public KafkaLog(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                PATIENCE_MILLIS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                PATIENCE_MILLIS / 2));
    }

    /** The partitions of those topics that Kafka has, in order. */
    public List<TopicPartition> partitionsOf(Collection<String> topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        admin.describeTopics(topics).topicNameValues().forEach((topic, description) -> {
            try {
                description
                        .get()
                        .partitions()
                        .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw failed("what partitions %s has".formatted(topic), e);
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        });
        partitions.sort(Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition));
        return partitions;
    }

    /** The first offset that each partition still has. */
    public Map<TopicPartition, Long> starts(Collection<TopicPartition> partitions) {
        return offsets(partitions, partition -> OffsetSpec.earliest(), "where its topics begin");
    }

    /** The first offset that a reader of committed records does not get to see: open transactions begin there. */
    public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        return offsets(partitions, partition -> OffsetSpec.latest(), "where its topics end");
    }

    /** The first offset that was appended at this time or later, -1 where there is none. */
    public Map<TopicPartition, Long> since(Map<TopicPartition, Instant> times) {
        return offsets(
                times.keySet(),
                partition -> OffsetSpec.forTimestamp(times.get(partition).toEpochMilli()),
                "what its topics have since some time");
    }

    /** Where a group of consumers goes on; partitions that it never committed are not among them. */
    public Map<TopicPartition, Long> committed(String group) {
        Map<TopicPartition, Long> committed = new HashMap<>();
        await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(), "how far " + group + " is")
                .forEach((partition, position) -> {
                    if (position != null) {
                        committed.put(partition, position.offset());
                    }
                });
        return committed;
    }

    @Override
    public void close() {
        admin.close();
    }

    private Map<TopicPartition, Long> offsets(
            Collection<TopicPartition> partitions, Function<TopicPartition, OffsetSpec> which, String what) {
        Map<TopicPartition, OffsetSpec> wanted =
                partitions.stream().collect(Collectors.toMap(Function.identity(), which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        await(
                        admin.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                                .all(),
                        what)
                .forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    private <T> T await(KafkaFuture<T> answer, String what) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw failed(what, e);
        }
    }

    private StackException failed(String what, ExecutionException e) {
        return new StackException(
                "Kafka at %s does not say %s: %s"
                        .formatted(bootstrapServers, what, e.getCause().getMessage()),
                e);
    }

    private static StackException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StackException("Interrupted while asking Kafka", e);
    }
}
