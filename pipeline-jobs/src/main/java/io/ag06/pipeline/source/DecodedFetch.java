package io.ag06.pipeline.source;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What one poll brought, decoded: one {@link DecodedBatch} for each partition. */
final class DecodedFetch<T> implements RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> {
    private final Queue<SplitBatch<T>> batches = new ArrayDeque<>();
    private final Set<String> finishedSplits;
    private DecodedBatch<T> current;

    private DecodedFetch(Set<String> finishedSplits) {
        this.finishedSplits = finishedSplits;
    }

    /**
     * Takes every record out of a fetch, and decodes it.
     *
     * @param batchEnds called behind the last record of each batch
     */
    static <T> DecodedFetch<T> of(
            RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> fetch,
            KafkaRecordDeserializationSchema<T> deserialiser,
            Runnable batchEnds)
            throws IOException {
        DecodedFetch<T> decoded = new DecodedFetch<>(fetch.finishedSplits());
        for (String split = fetch.nextSplit(); split != null; split = fetch.nextSplit()) {
            DecodedBatch<T> batch = batch(fetch, deserialiser);
            if (batch != null) {
                batchEnds.run();
                decoded.batches.add(new SplitBatch<>(split, batch));
            }
        }
        fetch.recycle();
        return decoded;
    }

    private static <T> DecodedBatch<T> batch(
            RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> fetch, KafkaRecordDeserializationSchema<T> deserialiser)
            throws IOException {
        Collected<T> collected = new Collected<>(new ArrayList<>());
        ConsumerRecord<byte[], byte[]> last = null;
        int records = 0;
        for (var next = fetch.nextRecordFromSplit(); next != null; next = fetch.nextRecordFromSplit()) {
            deserialiser.deserialize(next, collected);
            last = next;
            records++;
        }
        return last == null ? null : new DecodedBatch<>(last, records, collected.values());
    }

    @Override
    public String nextSplit() {
        SplitBatch<T> next = batches.poll();
        current = next == null ? null : next.batch();
        return next == null ? null : next.split();
    }

    @Override
    public DecodedBatch<T> nextRecordFromSplit() {
        DecodedBatch<T> batch = current;
        current = null;
        return batch;
    }

    @Override
    public Set<String> finishedSplits() {
        return finishedSplits;
    }

    private record SplitBatch<T>(String split, DecodedBatch<T> batch) {}

    private record Collected<T>(List<T> values) implements Collector<T> {
        @Override
        public void collect(T value) {
            values.add(value);
        }

        @Override
        public void close() {
            // Holds nothing open.
        }
    }
}
