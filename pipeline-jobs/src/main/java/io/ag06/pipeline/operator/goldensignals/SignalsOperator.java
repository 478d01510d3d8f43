package io.ag06.pipeline.operator.goldensignals;

import io.ag06.pipeline.event.SignalInput;
import io.ag06.pipeline.row.GoldenSignalsPartialRow;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Adds events up where they are decoded, by Kafka partition, entity and bucket, and writes every sum out before each
 * checkpoint.
 *
 * <p>What is kept: nothing that a checkpoint would need; the sums since the last flush, at most {@code mostSums} of
 * them. When it is forgotten: at each checkpoint, at the end of the input, and when there are too many. Late events and
 * events out of order: a row more for their bucket; the reader adds rows up, so no event is ever late.
 */
public final class SignalsOperator extends AbstractStreamOperator<GoldenSignalsPartialRow>
        implements OneInputStreamOperator<SignalInput, GoldenSignalsPartialRow> {
    private static final long serialVersionUID = 1;

    /** Within what an {@code int} counts, since that is what counts by bin are. */
    private static final int MOST_EVENTS = 1 << 30;

    private final SlowThresholds slow;
    private final int mostSums;
    private transient Map<PartitionKey, PartitionSums> partitions;
    private transient PartitionSums last;
    private transient String lastTopic;
    private transient int lastPartition;
    private transient int sums;
    private transient int events;

    /** @param mostSums sums held in memory before they are written out ahead of the checkpoint */
    public SignalsOperator(SlowThresholds slow, int mostSums) {
        this.slow = slow;
        this.mostSums = mostSums;
    }

    @Override
    public void open() throws Exception {
        super.open();
        partitions = new LinkedHashMap<>();
    }

    @Override
    public void processElement(StreamRecord<SignalInput> element) {
        SignalInput input = element.getValue();
        sums += sumsOf(input).add(input);
        events++;
        if (sums >= mostSums || events == MOST_EVENTS) {
            flush();
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        flush();
    }

    @Override
    public void finish() throws Exception {
        flush();
        super.finish();
    }

    private PartitionSums sumsOf(SignalInput input) {
        // Kafka hands records over partition by partition: the next one is nearly always of the same.
        if (last == null || lastPartition != input.partition() || !lastTopic.equals(input.topic())) {
            lastTopic = input.topic();
            lastPartition = input.partition();
            last = partitions.computeIfAbsent(
                    new PartitionKey(lastTopic, lastPartition), key -> new PartitionSums(input, slow));
        }
        return last;
    }

    private void flush() {
        for (PartitionSums partition : partitions.values()) {
            partition.emit(row -> output.collect(new StreamRecord<>(row)));
        }
        partitions.clear();
        last = null;
        sums = 0;
        events = 0;
    }

    private record PartitionKey(String topic, int partition) {}
}
