package io.ag06.pipeline.source;

import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.kafka.common.TopicPartition;

/**
 * The connector's metrics, but a partition's offset is set once for each batch: to look up where it is kept takes as
 * long as to find a record's fields.
 */
final class OffsetsByBatch extends KafkaSourceReaderMetrics {
    private TopicPartition partition;
    private long offset;

    OffsetsByBatch(SourceReaderMetricGroup group) {
        super(group);
    }

    /** Called for each record. */
    @Override
    public void recordCurrentOffset(TopicPartition ofRecord, long offsetOfRecord) {
        partition = ofRecord;
        offset = offsetOfRecord;
    }

    /** The records since the last call are a batch, of one partition. */
    void batchEnds() {
        super.recordCurrentOffset(partition, offset);
    }
}
