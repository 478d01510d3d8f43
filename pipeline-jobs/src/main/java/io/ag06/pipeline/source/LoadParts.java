package io.ag06.pipeline.source;

import io.ag06.pipeline.event.LoadPart;
import io.ag06.pipeline.settings.RuleSettings;
import io.ag06.schemas.Topic;
import io.ag06.schemas.Topics;
import java.util.List;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Requests and readings as what they add to a service's load. What is refused is counted and skipped here;
 * {@code event-archive} keeps it as a dead letter.
 */
public final class LoadParts implements KafkaRecordDeserializationSchema<LoadPart> {
    /** The topics that tell of the load of services. */
    public static final List<Topic> TOPICS = List.of(Topics.SERVICE_REQUESTS, Topics.SERVICE_METRICS);

    private static final long serialVersionUID = 1;

    private final TimeRule timeRule;
    private transient LoadReader reader;
    private transient Counter skipped;

    public LoadParts(RuleSettings rules) {
        this.timeRule = new TimeRule(rules);
    }

    @Override
    public void open(InitializationContext context) {
        reader = new LoadReader();
        skipped = context.getMetricGroup().counter(SignalInputs.SKIPPED);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<LoadPart> parts) {
        try {
            parts.collect(reader.read(message, timeRule));
        } catch (RefusedRecordException refusal) {
            skipped.inc();
        }
    }

    @Override
    public TypeInformation<LoadPart> getProducedType() {
        return TypeInformation.of(LoadPart.class);
    }
}
