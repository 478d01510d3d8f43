package io.ag06.pipeline.source;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What became of the records that one poll brought of one partition. To the connector it is their last record: that is
 * the only kind of element that its reader hands on.
 */
final class DecodedBatch<T> extends ConsumerRecord<byte[], byte[]> {
    private final List<T> values;
    private final int records;

    /**
     * A batch.
     *
     * @param last the last record of the batch
     * @param records how many there are
     * @param values what they were decoded into, in their order
     */
    DecodedBatch(ConsumerRecord<byte[], byte[]> last, int records, List<T> values) {
        super(last.topic(), last.partition(), last.offset(), null, null);
        this.records = records;
        this.values = values;
    }

    List<T> values() {
        return values;
    }

    int records() {
        return records;
    }
}
