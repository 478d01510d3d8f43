package io.ag06.pipeline.source;

import io.ag06.pipeline.settings.KafkaSettings;
import io.ag06.schemas.Topic;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Kafka as a source of committed records, read from the job's own position. */
public final class FromKafka {
    private FromKafka() {}

    /** A source over the topics; the deserialiser sees the whole Kafka record. */
    public static <T> Source<T, ?, ?> of(
            KafkaSettings kafka, List<Topic> topics, KafkaRecordDeserializationSchema<T> deserialiser) {
        EarliestOrFail start = new EarliestOrFail();
        Properties properties = properties(kafka, start);
        KafkaSource<T> source = KafkaSource.<T>builder()
                .setProperties(properties)
                .setTopics(topics.stream().map(Topic::name).toList())
                .setStartingOffsets(start)
                .setDeserializer(deserialiser)
                .build();
        return new StrictSource<>(source, properties, deserialiser);
    }

    /** All that the connector's builder would complete, since its readers are built without it. */
    @SuppressWarnings("deprecation") // As below.
    private static Properties properties(KafkaSettings kafka, OffsetsInitializer start) {
        Properties properties = new Properties();
        properties.putAll(consumerConfig());
        properties.setProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        properties.setProperty(ConsumerConfig.GROUP_ID_CONFIG, kafka.groupId());
        properties.setProperty(
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                start.getAutoOffsetResetStrategy().name().toLowerCase(Locale.ROOT));
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.setProperty(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        properties.setProperty(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        properties.setProperty(KafkaSourceOptions.CLIENT_ID_PREFIX.key(), kafka.groupId());
        // Group offsets are for people who watch the lag; the position is in the checkpoint.
        properties.setProperty(KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key(), "true");
        properties.setProperty(KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(), "60000");
        return properties;
    }

    /** How the sources' consumers differ from Kafka's defaults, but for where they read and as whom. */
    public static Map<String, String> consumerConfig() {
        return Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
    }

    /**
     * A new job starts from the oldest record. A restored one whose offsets Kafka no longer has fails, where the
     * connector's own choice for "earliest" would skip to what is left in silence.
     */
    @SuppressWarnings("deprecation") // The connector's interface still speaks of Kafka's old enum.
    private static final class EarliestOrFail implements OffsetsInitializer {
        private static final long serialVersionUID = 1;

        private final OffsetsInitializer earliest = OffsetsInitializer.earliest();

        @Override
        public Map<TopicPartition, Long> getPartitionOffsets(
                Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
            return earliest.getPartitionOffsets(partitions, retriever);
        }

        @Override
        public OffsetResetStrategy getAutoOffsetResetStrategy() {
            return OffsetResetStrategy.NONE;
        }
    }
}
