package io.ag06.local.kafka;

import io.ag06.local.StackException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads stretches of partitions as whoever reads committed records sees them: without transaction markers and aborted
 * records. Belongs to no group and leaves no trace.
 *
 * @param <V> what is made of a record's value
 */
public final class PartitionReader<V> implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long LONGEST_SILENCE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int FETCH_BYTES = 16 << 20;
    private static final int POLL_RECORDS = 10_000;

    private final String bootstrapServers;
    private final Consumer<Object, V> consumer;
    private TopicPartition assigned;

    private PartitionReader(String bootstrapServers, Deserializer<V> values) {
        this.bootstrapServers = bootstrapServers;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        // Retention may take records while they are read; what is then left is judged.
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        FETCH_BYTES,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        POLL_RECORDS),
                new Unread<>(),
                values);
    }

    /** A reader that looks at nothing but offsets. */
    public static PartitionReader<Object> ofOffsets(String bootstrapServers) {
        return new PartitionReader<>(bootstrapServers, new Unread<>());
    }

    /** A reader of values as they are. */
    public static PartitionReader<byte[]> ofValues(String bootstrapServers) {
        return new PartitionReader<>(bootstrapServers, new ByteArrayDeserializer());
    }

    /**
     * Hands over the records of a stretch in order, some thousands at a time.
     *
     * @param from the first offset
     * @param end the offset after the last; no higher than the partition's last stable offset
     */
    public void read(TopicPartition partition, long from, long end, Taker<V> taker) {
        if (!partition.equals(assigned)) {
            consumer.assign(List.of(partition));
            assigned = partition;
        }
        consumer.seek(partition, from);
        long position = from;
        long heardAt = System.nanoTime();
        while (position < end) {
            taker.take(consumer.poll(POLL).records(partition));
            // Beyond the last record handed over: markers and aborted records are passed as well.
            long reached = consumer.position(partition);
            if (reached != position) {
                position = reached;
                heardAt = System.nanoTime();
            } else if (System.nanoTime() - heardAt > LONGEST_SILENCE_NANOS) {
                throw new StackException(
                        "Kafka at %s says that %s goes on to offset %d, but gives nothing from %d on; look at its log"
                                .formatted(bootstrapServers, partition, end, position));
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }

    /** Is given some records that follow each other; the last ones may lie beyond the stretch that was asked for. */
    @FunctionalInterface
    public interface Taker<V> {
        void take(List<ConsumerRecord<Object, V>> records);
    }

    /** Makes nothing of bytes, without copying them first. */
    private static final class Unread<T> implements Deserializer<T> {
        @Override
        public T deserialize(String topic, byte[] data) {
            return null;
        }

        @Override
        public T deserialize(String topic, Headers headers, ByteBuffer data) {
            return null;
        }
    }
}
