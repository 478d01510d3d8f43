package io.ag06.local;

import io.ag06.schemas.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a topic ended at some moment; what comes later has these offsets or higher ones.
 *
 * @param topic the topic
 * @param offsets first offset after the end, by partition
 */
public record TopicEnds(Topic topic, Map<Integer, Long> offsets) {
    /** Where the topic ends now, whatever transactions are open. */
    public static TopicEnds of(Topic topic, String bootstrapServers) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
            for (int partition = 0; partition < topic.partitions(); partition++) {
                wanted.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
            }
            Map<Integer, Long> offsets = new TreeMap<>();
            admin.listOffsets(wanted).all().get().forEach((at, end) -> offsets.put(at.partition(), end.offset()));
            return new TopicEnds(topic, offsets);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while asking Kafka", e);
        } catch (ExecutionException e) {
            throw new StackException("Kafka does not say where %s ends: %s".formatted(topic, e.getCause()), e);
        }
    }

    /** The ends as Kafka's clients name them. */
    Map<TopicPartition, Long> byPartition() {
        Map<TopicPartition, Long> ends = new HashMap<>();
        offsets.forEach((partition, offset) -> ends.put(new TopicPartition(topic.name(), partition), offset));
        return ends;
    }

    /** A condition on the rows of the topic's raw table: those that came later. */
    public String laterRows() {
        return offsets.entrySet().stream()
                .map(end -> "(kafka_partition = %d AND kafka_offset >= %d)".formatted(end.getKey(), end.getValue()))
                .collect(Collectors.joining(" OR ", "(", ")"));
    }
}
