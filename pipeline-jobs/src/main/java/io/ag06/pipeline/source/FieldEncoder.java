package io.ag06.pipeline.source;

import io.ag06.pipeline.rowbinary.ColumnType;
import io.ag06.pipeline.rowbinary.RowBinaryWriter;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Writes an Avro value as the ClickHouse type that a raw table has for it: string String, long Int64, int Int32, double
 * Float64, boolean Bool, bytes String, timestamp-micros DateTime64(6), an optional T Nullable(T), array Array, record
 * Tuple. The migrations follow the same table, and a test holds one against the other.
 */
@FunctionalInterface
interface FieldEncoder {
    /** Appends the value. */
    void encode(Object value, RowBinaryWriter out);

    /** The encoder for a field of this schema. */
    static FieldEncoder of(Schema schema) {
        return switch (schema.getType()) {
            case STRING -> (value, out) -> out.string((String) value);
            case BYTES -> (value, out) -> out.string(bytes((ByteBuffer) value));
            case INT -> (value, out) -> out.int32((int) value);
            case LONG -> ofLong(schema.getLogicalType());
            case DOUBLE -> (value, out) -> out.float64((double) value);
            case BOOLEAN -> (value, out) -> out.bool((boolean) value);
            case ARRAY -> ofArray(of(schema.getElementType()));
            case RECORD -> ofTuple(schema);
            case UNION -> ofNullable(schema);
            default -> throw new IllegalArgumentException("No column type is agreed for the Avro type " + schema);
        };
    }

    /** The type that the encoder for a field of this schema writes. */
    static ColumnType typeOf(Schema schema) {
        return switch (schema.getType()) {
            case STRING, BYTES -> ColumnType.anyOf("String");
            case INT -> ColumnType.anyOf("Int32");
            case LONG -> ColumnType.anyOf(schema.getLogicalType() == null ? "Int64" : "DateTime64(6)");
            case DOUBLE -> ColumnType.anyOf("Float64");
            case BOOLEAN -> ColumnType.anyOf("Bool");
            case ARRAY -> ColumnType.array(typeOf(schema.getElementType()));
            case RECORD -> {
                Map<String, ColumnType> fields = new LinkedHashMap<>();
                schema.getFields().forEach(field -> fields.put(field.name(), typeOf(field.schema())));
                yield ColumnType.tuple(fields);
            }
            case UNION -> ColumnType.nullable(typeOf(presentOf(schema)));
            default -> throw new IllegalArgumentException("No column type is agreed for the Avro type " + schema);
        };
    }

    private static FieldEncoder ofLong(LogicalType logicalType) {
        if (logicalType == null) {
            return (value, out) -> out.int64((long) value);
        }
        if (logicalType instanceof LogicalTypes.TimestampMicros) {
            return (value, out) -> out.int64(Micros.of((Instant) value));
        }
        throw new IllegalArgumentException("No column type is agreed for the logical type " + logicalType.getName());
    }

    private static FieldEncoder ofArray(FieldEncoder items) {
        return (value, out) -> {
            List<?> elements = (List<?>) value;
            out.size(elements.size());
            for (Object element : elements) {
                items.encode(element, out);
            }
        };
    }

    private static FieldEncoder ofTuple(Schema schema) {
        List<FieldEncoder> fields =
                schema.getFields().stream().map(field -> of(field.schema())).toList();
        return (value, out) -> {
            IndexedRecord tuple = (IndexedRecord) value;
            for (int i = 0; i < fields.size(); i++) {
                fields.get(i).encode(tuple.get(i), out);
            }
        };
    }

    private static FieldEncoder ofNullable(Schema union) {
        FieldEncoder present = of(presentOf(union));
        return (value, out) -> {
            out.nullFlag(value == null);
            if (value != null) {
                present.encode(value, out);
            }
        };
    }

    private static Schema presentOf(Schema union) {
        return union.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .reduce((one, another) -> {
                    throw new IllegalArgumentException("A column holds one type, or null and one type, not " + union);
                })
                .orElseThrow();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return copy;
    }
}
