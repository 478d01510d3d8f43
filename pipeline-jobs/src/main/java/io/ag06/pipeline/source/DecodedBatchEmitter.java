package io.ag06.pipeline.source;

import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitState;
import org.apache.flink.metrics.Counter;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Hands on what is in a batch; a checkpoint comes before all of it or after, and knows where to go on. */
final class DecodedBatchEmitter<T>
        implements RecordEmitter<ConsumerRecord<byte[], byte[]>, T, KafkaPartitionSplitState> {
    private final Counter recordsIn;

    /** @param recordsIn counts records; the reader counts one for each batch */
    DecodedBatchEmitter(Counter recordsIn) {
        this.recordsIn = recordsIn;
    }

    @Override
    public void emitRecord(
            ConsumerRecord<byte[], byte[]> element, SourceOutput<T> output, KafkaPartitionSplitState state) {
        @SuppressWarnings("unchecked") // The reader that this belongs to makes no other elements.
        DecodedBatch<T> batch = (DecodedBatch<T>) element;
        for (T value : batch.values()) {
            output.collect(value);
        }
        recordsIn.inc(batch.records() - 1L);
        state.setCurrentOffset(batch.offset() + 1);
    }
}
