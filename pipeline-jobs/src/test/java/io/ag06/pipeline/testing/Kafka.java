package io.ag06.pipeline.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.Collector;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** What a Kafka source hands to a deserialiser, and takes from it. */
public final class Kafka {
    private Kafka() {}

    /** A record as the broker stored it. */
    public static ConsumerRecord<byte[], byte[]> record(
            String topic, int partition, long offset, long appendedAtMillis, byte[] value) {
        return new ConsumerRecord<>(
                topic,
                partition,
                offset,
                appendedAtMillis,
                TimestampType.LOG_APPEND_TIME,
                0,
                value == null ? -1 : value.length,
                null,
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    /** Collects, and counts by name. */
    public static final class Sink<T> implements Collector<T>, InitializationContext {
        private final List<T> collected = new ArrayList<>();
        private final Map<String, Counter> counters = new HashMap<>();

        @Override
        public void collect(T element) {
            collected.add(element);
        }

        @Override
        public void close() {
            // Nothing is held.
        }

        @Override
        public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup() {
                @Override
                public Counter counter(String name) {
                    return counters.computeIfAbsent(name, missing -> new SimpleCounter());
                }
            };
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            return SimpleUserCodeClassLoader.create(Kafka.class.getClassLoader());
        }

        public List<T> collected() {
            return collected;
        }

        /** The only element. */
        public T only() {
            if (collected.size() != 1) {
                throw new AssertionError("Expected one element, not " + collected);
            }
            return collected.get(0);
        }

        public long count(String counter) {
            return counters.get(counter).getCount();
        }
    }
}
