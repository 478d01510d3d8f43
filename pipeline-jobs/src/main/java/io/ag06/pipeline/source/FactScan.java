package io.ag06.pipeline.source;

import io.ag06.pipeline.rowbinary.RowBinaryWriter;
import io.ag06.schemas.RecordRules;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;

/**
 * A record's fields as the columns of its raw table, straight from its bytes: what {@link FieldEncoder} writes of the
 * decoded record, to the bit, for records of simple fields.
 */
final class FactScan {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    /** The bits that no ASCII character has. */
    private static final long BEYOND_ASCII = 0x8080808080808080L;

    private static final int NO_TIME = -1;

    private final FieldScans scans;
    private final Column[] columns;
    private final int eventTime;
    private final TimeRule timeRule;

    /** @param eventTime name of the field that the time rule judges, where the record has it */
    FactScan(Schema schema, RecordRules rules, String eventTime, TimeRule timeRule) {
        List<String> names = schema.getFields().stream().map(Schema.Field::name).toList();
        this.scans = new FieldScans(schema.getName(), rules, names);
        this.columns = schema.getFields().stream().map(Column::of).toArray(Column[]::new);
        this.eventTime = names.indexOf(eventTime);
        this.timeRule = timeRule;
    }

    /**
     * Writes the columns of a record.
     *
     * @param appendedAt when Kafka appended it, milliseconds since the epoch
     * @return false where only the record's decoder can tell what is in it; nothing is written then
     */
    boolean encode(byte[] message, long appendedAt, RowBinaryWriter out) {
        FieldScan found = scans.scan(message);
        if (found == null || (eventTime != NO_TIME && !timeRule.allows(found.number(eventTime), appendedAt))) {
            return false;
        }
        for (int i = 0; i < columns.length; i++) {
            if (columns[i].nullable) {
                out.nullFlag(found.isNull(i));
                if (found.isNull(i)) {
                    continue;
                }
            }
            switch (columns[i].type) {
                case LONG, DOUBLE -> out.int64(found.number(i));
                case INT -> out.int32((int) found.number(i));
                case BOOLEAN -> out.int8((int) found.number(i));
                case BYTES -> bytes(message, found.start(i), found.length(i), out);
                default -> text(message, found.start(i), found.length(i), out);
            }
        }
        return true;
    }

    /** A string in UTF-8, which what a foreign producer sends need not be. */
    private static void text(byte[] message, int start, int length, RowBinaryWriter out) {
        if (isAscii(message, start, length)) {
            bytes(message, start, length, out);
        } else {
            out.string(new String(message, start, length, StandardCharsets.UTF_8));
        }
    }

    private static void bytes(byte[] message, int start, int length, RowBinaryWriter out) {
        out.size(length);
        out.bytes(message, start, length);
    }

    private static boolean isAscii(byte[] bytes, int start, int length) {
        int last = start + length - Long.BYTES;
        long seen = 0;
        if (last < start) {
            for (int at = start; at < start + length; at++) {
                seen |= bytes[at];
            }
        } else {
            for (int at = start; at < last; at += Long.BYTES) {
                seen |= (long) LONG.get(bytes, at);
            }
            seen |= (long) LONG.get(bytes, last); // Some of them once more, which does no harm.
        }
        return (seen & BEYOND_ASCII) == 0;
    }

    /** A column by the Avro type of its field. */
    private record Column(Schema.Type type, boolean nullable) {
        static Column of(Schema.Field field) {
            Schema schema = field.schema();
            return schema.isUnion()
                    ? new Column(
                            schema.getTypes().stream()
                                    .map(Schema::getType)
                                    .filter(type -> type != Schema.Type.NULL)
                                    .findFirst()
                                    .orElseThrow(),
                            true)
                    : new Column(schema.getType(), false);
        }
    }
}
