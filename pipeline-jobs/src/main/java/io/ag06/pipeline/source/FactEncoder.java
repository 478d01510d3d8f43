package io.ag06.pipeline.source;

import io.ag06.pipeline.rowbinary.ColumnType;
import io.ag06.pipeline.rowbinary.EncodedRow;
import io.ag06.pipeline.rowbinary.RowBinaryWriter;
import io.ag06.pipeline.rowbinary.RowLayout;
import io.ag06.schemas.RecordRules;
import io.ag06.schemas.Topic;
import io.ag06.sql.Table;
import io.ag06.sql.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One topic's records as rows of its raw table: the record's fields, then where the record stood in Kafka. */
final class FactEncoder {
    private static final String EVENT_TIME = "event_time";
    private static final long MILLIS_PER_DAY = 86_400_000L;

    private final Table table;
    private final FactScan scan;
    private final DecodedFact decoded;
    private final RowBinaryWriter out = new RowBinaryWriter(512);

    FactEncoder(Topic topic, TimeRule timeRule) {
        RecordRules rules = RecordRules.of(topic.schema());
        this.table = Tables.factsOf(topic.name());
        this.scan = new FactScan(topic.schema(), rules, EVENT_TIME, timeRule);
        this.decoded = new DecodedFact(topic, rules, EVENT_TIME, timeRule);
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

    /** By column, the types that the raw table may have for the rows to be read as written. */
    static Map<String, ColumnType> typesOf(Topic topic) {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        topic.schema().getFields().forEach(field -> types.put(field.name(), FieldEncoder.typeOf(field.schema())));
        String ofTopic = Tables.factsOf(topic.name()).offsets().topic();
        if (!ofTopic.isEmpty()) {
            types.put(ofTopic, ColumnType.anyOf("String"));
        }
        types.put("kafka_partition", ColumnType.anyOf("Int32"));
        types.put("kafka_offset", ColumnType.anyOf("Int64"));
        types.put("appended_at", ColumnType.anyOf("DateTime64(3)"));
        return types;
    }

    /**
     * The record as a row.
     *
     * @throws RefusedRecordException where it can't be decoded, or breaks a rule
     */
    EncodedRow encode(ConsumerRecord<byte[], byte[]> message) throws RefusedRecordException {
        out.clear();
        if (!scan.encode(message.value(), message.timestamp(), out)) {
            decoded.encode(message, out);
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
}
