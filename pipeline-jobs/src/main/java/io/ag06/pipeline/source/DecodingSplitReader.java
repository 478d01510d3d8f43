package io.ag06.pipeline.source;

import java.io.IOException;
import java.util.Properties;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.synchronization.FutureCompletingBlockingQueue;
import org.apache.flink.connector.kafka.source.reader.KafkaPartitionSplitReader;
import org.apache.flink.connector.kafka.source.reader.KafkaSourceReader;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.reader.fetcher.KafkaSourceFetcherManager;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Polls Kafka as the connector's own split reader does, and decodes what came where it came: in the fetcher's thread.
 * The task's thread, which has the rest of the job to do, is handed batches, and meets with the connector's costs once
 * for each of these and not once for each record.
 */
@SuppressWarnings("try") // close() declares Exception, as that of the connector's does.
final class DecodingSplitReader<T> extends KafkaPartitionSplitReader {
    private final KafkaRecordDeserializationSchema<T> deserialiser;
    private final OffsetsByBatch metrics;

    private DecodingSplitReader(
            Properties properties,
            SourceReaderContext context,
            OffsetsByBatch metrics,
            KafkaRecordDeserializationSchema<T> deserialiser) {
        super(properties, context, metrics);
        this.deserialiser = deserialiser;
        this.metrics = metrics;
    }

    /**
     * A reader of the connector over such split readers.
     *
     * @param properties of the consumer and the source, as the connector's builder completes them
     * @param deserialiser is opened here
     */
    static <T> SourceReader<T, KafkaPartitionSplit> reader(
            Properties properties, SourceReaderContext context, KafkaRecordDeserializationSchema<T> deserialiser)
            throws Exception {
        deserialiser.open(new Opening(context));
        OffsetsByBatch metrics = new OffsetsByBatch(context.metricGroup());
        var fetches = new FutureCompletingBlockingQueue<RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>>>();
        return new KafkaSourceReader<>(
                fetches,
                new KafkaSourceFetcherManager(
                        fetches,
                        () -> new DecodingSplitReader<>(properties, context, metrics, deserialiser),
                        finished -> {}),
                new DecodedBatchEmitter<>(
                        context.metricGroup().getIOMetricGroup().getNumRecordsInCounter()),
                ConfigurationUtils.createConfiguration(properties),
                context,
                metrics);
    }

    @Override
    public RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> fetch() throws IOException {
        return DecodedFetch.of(super.fetch(), deserialiser, metrics::batchEnds);
    }

    /** As the connector opens a deserialiser. */
    private record Opening(SourceReaderContext context) implements InitializationContext {
        @Override
        public MetricGroup getMetricGroup() {
            return context.metricGroup().addGroup("deserializer");
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            return context.getUserCodeClassLoader();
        }
    }
}
