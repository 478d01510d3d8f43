package io.ag06.local.health;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many committed records lie between two offsets. The end of each transaction takes an offset too, so a job that
 * has taken in everything still stands one offset short of the log's end: where the two are close together, the records
 * in between are read and counted, so that nothing to do shows as 0. Where they are far apart their difference is good
 * enough. Used by one thread.
 */
final class CommittedTail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommittedTail.class);

    /** Offsets apart up to which is read. */
    private static final long NEAR = 256;

    private static final Duration ONE_POLL = Duration.ofMillis(100);
    private static final int POLLS = 5;

    private final String bootstrapServers;
    private final Duration timeout;
    private Consumer<byte[], byte[]> consumer;
    private Map<TopicPartition, Map<Range, Long>> known = Map.of();

    CommittedTail(String bootstrapServers, Duration timeout) {
        this.bootstrapServers = bootstrapServers;
        this.timeout = timeout;
    }

    /**
     * The committed records in each range, by job and partition. What was read once is remembered while it is asked.
     */
    Map<String, Map<TopicPartition, Long>> records(Map<String, Map<TopicPartition, Range>> ranges) {
        Map<TopicPartition, Map<Range, Long>> counted = new HashMap<>();
        Map<TopicPartition, Set<Range>> unread = new HashMap<>();
        ranges.values()
                .forEach(job -> job.forEach((partition, range) -> {
                    Long before = known.getOrDefault(partition, Map.of()).get(range);
                    if (before != null) {
                        counted.computeIfAbsent(partition, any -> new HashMap<>())
                                .put(range, before);
                    } else if (range.offsets() > 0 && range.offsets() <= NEAR) {
                        unread.computeIfAbsent(partition, any -> new HashSet<>())
                                .add(range);
                    }
                }));
        unread.forEach((partition, parts) -> parts.forEach(range -> {
            long records = read(partition, range);
            if (records >= 0) {
                counted.computeIfAbsent(partition, any -> new HashMap<>()).put(range, records);
            }
        }));
        known = counted;
        return ranges.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        job -> job.getValue().entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey,
                                        open -> counted.getOrDefault(open.getKey(), Map.of())
                                                .getOrDefault(
                                                        open.getValue(),
                                                        open.getValue().offsets())))));
    }

    /** The records of a range, or -1 where they could not be read in time. */
    private long read(TopicPartition partition, Range range) {
        try {
            Consumer<byte[], byte[]> reader = consumer();
            reader.assign(Set.of(partition));
            reader.seek(partition, range.from());
            long records = 0;
            for (int poll = 0; poll < POLLS && reader.position(partition, timeout) < range.end(); poll++) {
                records += reader.poll(ONE_POLL).records(partition).stream()
                        .filter(record -> record.offset() < range.end())
                        .count();
            }
            return reader.position(partition, timeout) < range.end() ? -1 : records;
        } catch (KafkaException e) { // Retention has taken the range, or Kafka has just gone; the next round tells.
            LOG.debug("The records of {} {} can't be counted", partition, range, e);
            return -1;
        }
    }

    private Consumer<byte[], byte[]> consumer() {
        if (consumer == null) {
            consumer = new KafkaConsumer<>(
                    Map.of(
                            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            bootstrapServers,
                            ConsumerConfig.CLIENT_ID_CONFIG,
                            "ag06-monitor-tail",
                            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                            "read_committed",
                            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                            false,
                            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                            "none",
                            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                            256 << 10,
                            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                            Math.toIntExact(ONE_POLL.toMillis()),
                            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                            Math.toIntExact(timeout.toMillis()),
                            ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                            Math.toIntExact(timeout.toMillis())),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
        }
        return consumer;
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(timeout));
        }
    }

    /**
     * Offsets of one partition.
     *
     * @param from the first
     * @param end the first that does not belong to them; not before {@code from}
     */
    record Range(long from, long end) {
        long offsets() {
            return end - from;
        }
    }
}
