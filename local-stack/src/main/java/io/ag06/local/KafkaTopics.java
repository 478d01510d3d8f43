package io.ag06.local;

import io.ag06.schemas.Topic;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics on a Kafka, embedded or not. */
public final class KafkaTopics {
    private KafkaTopics() {}

    /**
     * Creates the topics that are not there yet, as their descriptions say; how often each record is kept is the
     * brokers' default. What is there stays as it is.
     *
     * @param bootstrapServers {@code host:port[,host:port]}
     */
    public static void create(String bootstrapServers, Collection<Topic> topics) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            List<NewTopic> wanted =
                    topics.stream().map(KafkaTopics::asDescribed).toList();
            for (var created : admin.createTopics(wanted).values().entrySet()) {
                try {
                    created.getValue().get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw new StackException(
                                "The topic %s can't be created on Kafka at %s: %s"
                                        .formatted(created.getKey(), bootstrapServers, e.getCause()),
                                e);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while creating topics", e);
        }
    }

    private static NewTopic asDescribed(Topic topic) {
        return new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
                .configs(Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(topic.retention().toMillis()),
                        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                        topic.timestamp()));
    }
}
