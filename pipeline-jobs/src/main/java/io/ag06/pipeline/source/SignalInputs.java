package io.ag06.pipeline.source;

import io.ag06.pipeline.event.SignalInput;
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
 * The records that golden signals are computed from. What is refused is counted and skipped here; {@code event-archive}
 * keeps it as a dead letter.
 */
public final class SignalInputs implements KafkaRecordDeserializationSchema<SignalInput> {
    /** The topics that have golden signals. */
    public static final List<Topic> TOPICS =
            List.of(Topics.SERVICE_REQUESTS, Topics.SERVICE_METRICS, Topics.AUDIO_FRAMES, Topics.DEVICE_METRICS);

    /** Counts records that were refused. */
    public static final String SKIPPED = "skippedRecords";

    private static final long serialVersionUID = 1;

    private final TimeRule timeRule;
    private transient ByTopic<SignalReader<?>> readers;
    private transient Counter skipped;

    public SignalInputs(RuleSettings rules) {
        this.timeRule = new TimeRule(rules);
    }

    @Override
    public void open(InitializationContext context) {
        readers = new ByTopic<>(TOPICS, SignalReader::of);
        skipped = context.getMetricGroup().counter(SKIPPED);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<SignalInput> inputs) {
        try {
            inputs.collect(readers.of(message.topic()).read(message, timeRule));
        } catch (RefusedRecordException refusal) {
            skipped.inc();
        }
    }

    @Override
    public TypeInformation<SignalInput> getProducedType() {
        return TypeInformation.of(SignalInput.class);
    }
}
