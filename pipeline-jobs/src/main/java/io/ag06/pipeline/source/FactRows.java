package io.ag06.pipeline.source;

import io.ag06.pipeline.rowbinary.ColumnType;
import io.ag06.pipeline.rowbinary.EncodedRow;
import io.ag06.pipeline.rowbinary.RowLayout;
import io.ag06.pipeline.settings.RuleSettings;
import io.ag06.schemas.Topics;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Every record of every topic as a row: of its topic's raw table, or of {@code dead_letters} where it is refused. A
 * dead letter that is itself refused is counted and left, or it would come back for ever.
 */
public final class FactRows implements KafkaRecordDeserializationSchema<EncodedRow> {
    /** Counts dead letters that could not be decoded. */
    public static final String LOST_DEAD_LETTERS = "undecodableDeadLetters";

    /** Counts records that went to {@code dead_letters}. */
    public static final String DEAD_LETTERS = "deadLetters";

    private final TimeRule timeRule;
    private transient ByTopic<FactEncoder> encoders;
    private transient DeadLetterRows deadLetters;
    private transient InstantSource clock;
    private transient Counter refused;
    private transient Counter lost;

    public FactRows(RuleSettings rules) {
        this.timeRule = new TimeRule(rules);
    }

    /** The tables that rows go to: one for each topic, {@code dead_letters} among them. */
    public static List<RowLayout> layouts() {
        return Topics.all().stream().map(FactEncoder::layoutOf).toList();
    }

    /** By table and column, the types that are written. */
    public static Map<String, Map<String, ColumnType>> types() {
        return Topics.all().stream()
                .collect(Collectors.toMap(
                        topic -> FactEncoder.layoutOf(topic).table().name(), FactEncoder::typesOf));
    }

    @Override
    public void open(InitializationContext context) {
        encoders = new ByTopic<>(Topics.all(), topic -> new FactEncoder(topic, timeRule));
        deadLetters = new DeadLetterRows();
        clock = InstantSource.system();
        refused = context.getMetricGroup().counter(DEAD_LETTERS);
        lost = context.getMetricGroup().counter(LOST_DEAD_LETTERS);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<EncodedRow> rows) {
        try {
            rows.collect(encoders.of(message.topic()).encode(message));
        } catch (RefusedRecordException refusal) {
            if (message.topic().equals(Topics.DEAD_LETTERS.name())) {
                lost.inc();
            } else {
                refused.inc();
                rows.collect(deadLetters.of(message, refusal, clock.instant()));
            }
        }
    }

    @Override
    public TypeInformation<EncodedRow> getProducedType() {
        return TypeInformation.of(EncodedRow.class);
    }
}
