package io.ag06.pipeline.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OffsetsByBatchTest {
    private static final TopicPartition FIRST = new TopicPartition("ag06.letters", 0);
    private static final TopicPartition SECOND = new TopicPartition("ag06.letters", 1);

    private final MetricListener shown = new MetricListener();
    private final OffsetsByBatch metrics =
            new OffsetsByBatch(InternalSourceReaderMetricGroup.mock(shown.getMetricGroup()));

    @Test
    void aPartitionsOffsetIsThatOfTheLastRecordOfItsLastBatch() {
        metrics.registerTopicPartition(FIRST);
        metrics.registerTopicPartition(SECOND);
        metrics.recordCurrentOffset(FIRST, 7);
        metrics.recordCurrentOffset(FIRST, 8);
        metrics.batchEnds();
        metrics.recordCurrentOffset(SECOND, 40);
        metrics.batchEnds();
        metrics.recordCurrentOffset(FIRST, 9);

        assertThat(offset(FIRST)).isEqualTo(8);
        assertThat(offset(SECOND)).isEqualTo(40);
    }

    private long offset(TopicPartition partition) {
        Gauge<Long> gauge = shown.<Long>getGauge(
                        "KafkaSourceReader",
                        "topic",
                        partition.topic(),
                        "partition",
                        Integer.toString(partition.partition()),
                        "currentOffset")
                .orElseThrow();
        return gauge.getValue();
    }
}
