package io.ag06.pipeline.source;

import io.ag06.pipeline.rowbinary.RowBinaryWriter;
import io.ag06.schemas.DecodeException;
import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.RecordRules;
import io.ag06.schemas.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record's fields as the columns of its raw table, by way of the record: the judge of whatever is not plain, and what
 * {@link FactScan} must agree with for what is.
 */
final class DecodedFact {
    private final RecordCodec<? extends SpecificRecord> codec;
    private final RecordRules rules;
    private final TimeRule timeRule;
    private final Optional<Schema.Field> eventTime;
    private final List<FieldEncoder> fields;

    /** @param eventTime name of the field that the time rule judges, where the record has it */
    DecodedFact(Topic topic, RecordRules rules, String eventTime, TimeRule timeRule) {
        Schema schema = topic.schema();
        this.codec = RecordCodec.of(topic.recordClass());
        this.rules = rules;
        this.timeRule = timeRule;
        this.eventTime = Optional.ofNullable(schema.getField(eventTime));
        this.fields = schema.getFields().stream()
                .map(field -> FieldEncoder.of(field.schema()))
                .toList();
    }

    /**
     * Writes the columns of a record.
     *
     * @throws RefusedRecordException where it can't be decoded, or breaks a rule; nothing is written then
     */
    void encode(ConsumerRecord<byte[], byte[]> message, RowBinaryWriter out) throws RefusedRecordException {
        SpecificRecord record = decode(message.value());
        Optional<String> broken = rules.violation(record).or(() -> untimely(record, message.timestamp()));
        if (broken.isPresent()) {
            throw new RefusedRecordException(RefusedRecordException.Stage.RULES, broken.get());
        }
        for (int i = 0; i < fields.size(); i++) {
            fields.get(i).encode(record.get(i), out);
        }
    }

    private Optional<String> untimely(SpecificRecord record, long appendedAt) {
        return eventTime.flatMap(field -> timeRule.violation(Micros.of((Instant) record.get(field.pos())), appendedAt));
    }

    private SpecificRecord decode(byte[] value) throws RefusedRecordException {
        try {
            return codec.decode(value);
        } catch (DecodeException e) {
            throw new RefusedRecordException(RefusedRecordException.Stage.DECODE, e.getMessage());
        }
    }
}
