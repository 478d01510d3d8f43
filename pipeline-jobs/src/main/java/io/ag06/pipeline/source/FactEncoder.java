package io.ag06.pipeline.source;

import io.ag06.pipeline.rowbinary.EncodedRow;
import io.ag06.pipeline.rowbinary.RowBinaryWriter;
import io.ag06.pipeline.rowbinary.RowLayout;
import io.ag06.schemas.DecodeException;
import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.RecordRules;
import io.ag06.schemas.Topic;
import io.ag06.sql.Table;
import io.ag06.sql.Tables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One topic's records as rows of its raw table: the record's fields, then where the record stood in Kafka. */
final class FactEncoder {
    private static final String EVENT_TIME = "event_time";
    private static final long MILLIS_PER_DAY = 86_400_000L;

    private final Table table;
    private final RecordCodec<? extends SpecificRecord> codec;
    private final RecordRules rules;
    private final TimeRule timeRule;
    private final int eventTime;
    private final List<FieldEncoder> fields;
    private final RowBinaryWriter out = new RowBinaryWriter(512);

    FactEncoder(Topic topic, TimeRule timeRule) {
        Schema schema = topic.schema();
        this.table = Tables.factsOf(topic.name());
        this.codec = RecordCodec.of(topic.recordClass());
        this.rules = RecordRules.of(schema);
        this.timeRule = timeRule;
        this.eventTime = schema.getField(EVENT_TIME) == null
                ? -1
                : schema.getField(EVENT_TIME).pos();
        this.fields = schema.getFields().stream()
                .map(field -> FieldEncoder.of(field.schema()))
                .toList();
    }

    /** The columns that rows of the topic's raw table hold. */
    static RowLayout layoutOf(Topic topic) {
        Table table = Tables.factsOf(topic.name());
        List<String> columns = new ArrayList<>();
        topic.schema().getFields().forEach(field -> columns.add(field.name()));
        if (!table.offsets().topic().isEmpty()) {
            columns.add(table.offsets().topic());
        }
        columns.addAll(List.of("kafka_partition", "kafka_offset", "appended_at"));
        return new RowLayout(table, columns);
    }

    /**
     * The record as a row.
     *
     * @throws RefusedRecordException where it can't be decoded, or breaks a rule
     */
    EncodedRow encode(ConsumerRecord<byte[], byte[]> message) throws RefusedRecordException {
        SpecificRecord record = decode(message.value());
        Optional<String> broken = rules.violation(record);
        if (broken.isEmpty() && eventTime >= 0) {
            broken = timeRule.violation(Micros.of((Instant) record.get(eventTime)), message.timestamp());
        }
        if (broken.isPresent()) {
            throw new RefusedRecordException(RefusedRecordException.Stage.RULES, broken.get());
        }
        out.clear();
        for (int i = 0; i < fields.size(); i++) {
            fields.get(i).encode(record.get(i), out);
        }
        if (!table.offsets().topic().isEmpty()) {
            out.string(message.topic());
        }
        return facts(table, message, out);
    }

    /** Adds what every fact says of the Kafka record it came from. */
    static EncodedRow facts(Table table, ConsumerRecord<byte[], byte[]> message, RowBinaryWriter out) {
        out.int32(message.partition());
        out.int64(message.offset());
        out.int64(message.timestamp());
        return new EncodedRow(
                table.name(),
                (int) Math.floorDiv(message.timestamp(), MILLIS_PER_DAY),
                message.topic(),
                message.partition(),
                message.offset(),
                message.offset(),
                out.toByteArray());
    }

    private SpecificRecord decode(byte[] value) throws RefusedRecordException {
        try {
            return codec.decode(value);
        } catch (DecodeException e) {
            throw new RefusedRecordException(RefusedRecordException.Stage.DECODE, e.getMessage());
        }
    }
}
