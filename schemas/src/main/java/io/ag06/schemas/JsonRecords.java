package io.ag06.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Records as text: JSON, one object a line, with the field names of the schema. Times are ISO-8601 with an offset, or
 * whole numbers of microseconds since the epoch; what is finer than a microsecond is cut off. Optional fields may be
 * null or left out, bytes are base64, a field that the record does not have is refused. Written are times as UTC with
 * six decimals, 64-bit integers as numbers, and every field, null or not. Rules are not checked here:
 * {@link RecordRules} does that. Immutable, safe for use by several threads.
 *
 * @param <T> the generated class
 */
public final class JsonRecords<T extends SpecificRecord> {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSX", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Instant EARLIEST = Instant.EPOCH.plus(Long.MIN_VALUE, ChronoUnit.MICROS);
    private static final Instant LATEST = Instant.EPOCH.plus(Long.MAX_VALUE, ChronoUnit.MICROS);

    private final Class<T> type;
    private final Schema schema;

    private JsonRecords(Class<T> type) {
        TrustedRecords.trust();
        this.type = type;
        this.schema = SpecificData.getForClass(type).getSchema(type);
    }

    /** Text for the records of this class. */
    public static <T extends SpecificRecord> JsonRecords<T> of(Class<T> type) {
        return new JsonRecords<>(type);
    }

    /**
     * The record in a line of JSON.
     *
     * @throws JsonRecordException where it is no JSON, or no such record; the message names the field
     */
    public T read(String line) throws JsonRecordException {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            var where = e.getLocation();
            throw new JsonRecordException(
                    "not JSON" + (where == null ? "" : " at column " + where.getColumnNr()) + ": "
                            + e.getOriginalMessage(),
                    e);
        }
        return type.cast(record("", schema, node));
    }

    /** The record as one line of JSON, without the line's end. */
    public String write(T record) {
        try {
            return JSON.writeValueAsString(object(schema, record));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes can't be written", e);
        }
    }

    // ---- JSON to record

    private static IndexedRecord record(String path, Schema schema, JsonNode node) throws JsonRecordException {
        if (!node.isObject()) {
            throw wrong(path.isEmpty() ? "a " + schema.getName() : path, "an object", node);
        }
        var prefix = path.isEmpty() ? "" : path + ".";
        for (var names = node.fieldNames(); names.hasNext(); ) {
            var name = names.next();
            if (schema.getField(name) == null) {
                throw new JsonRecordException(schema.getName() + " has no field " + prefix + name + "; its fields are "
                        + schema.getFields().stream().map(Field::name).collect(Collectors.joining(", ")));
            }
        }
        var record = (IndexedRecord) SpecificData.get().newRecord(null, schema);
        for (var field : schema.getFields()) {
            record.put(field.pos(), fieldValue(prefix + field.name(), field, node.get(field.name())));
        }
        return record;
    }

    private static Object fieldValue(String path, Field field, JsonNode node) throws JsonRecordException {
        if (node == null || node.isNull()) {
            if (!field.schema().isNullable()) {
                throw new JsonRecordException(path + " is " + (node == null ? "missing" : "null"));
            }
            return null;
        }
        return value(path, RecordRules.valueSchema(field.schema()), node);
    }

    private static Object value(String path, Schema type, JsonNode node) throws JsonRecordException {
        switch (type.getType()) {
            case BOOLEAN -> {
                return require(node.isBoolean(), path, "true or false", node).booleanValue();
            }
            case INT -> {
                return require(node.isIntegralNumber() && node.canConvertToInt(), path, "a whole number", node)
                        .intValue();
            }
            case LONG -> {
                if (type.getLogicalType() != null) {
                    return time(path, node);
                }
                return require(node.isIntegralNumber() && node.canConvertToLong(), path, "a whole number", node)
                        .longValue();
            }
            case DOUBLE -> {
                return require(node.isNumber() && Double.isFinite(node.doubleValue()), path, "a number", node)
                        .doubleValue();
            }
            case STRING -> {
                return require(node.isTextual(), path, "a string", node).textValue();
            }
            case BYTES -> {
                return bytes(path, node);
            }
            case ARRAY -> {
                require(node.isArray(), path, "an array", node);
                List<Object> items = new ArrayList<>(node.size());
                for (int i = 0; i < node.size(); i++) {
                    items.add(value(path + "[" + i + "]", type.getElementType(), node.get(i)));
                }
                return items;
            }
            case RECORD -> {
                return record(path, type, node);
            }
            default -> throw unsupported(type);
        }
    }

    private static Instant time(String path, JsonNode node) throws JsonRecordException {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return Instant.EPOCH.plus(node.longValue(), ChronoUnit.MICROS);
        }
        require(node.isTextual(), path, "a time (ISO-8601, or microseconds since the epoch)", node);
        try {
            var time = DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(node.textValue(), Instant::from);
            if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
                throw new JsonRecordException(path + " is " + node + ", beyond what 64 bits of microseconds can say");
            }
            return time.truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException e) {
            throw new JsonRecordException(
                    path + " is " + node + "; a time is ISO-8601 with an offset, as 2026-03-01T12:00:00.000000Z, or "
                            + "microseconds since the epoch",
                    e);
        }
    }

    private static ByteBuffer bytes(String path, JsonNode node) throws JsonRecordException {
        require(node.isTextual(), path, "base64", node);
        try {
            return ByteBuffer.wrap(node.binaryValue());
        } catch (IOException e) {
            throw wrong(path, "base64", node);
        }
    }

    private static JsonNode require(boolean allowed, String path, String wanted, JsonNode node)
            throws JsonRecordException {
        if (!allowed) {
            throw wrong(path, wanted, node);
        }
        return node;
    }

    private static JsonRecordException wrong(String path, String wanted, JsonNode node) {
        var text = node.toString();
        var shown = text.length() <= 60 ? text : text.substring(0, 60) + "…";
        return new JsonRecordException(path + " must be " + wanted + ", was " + shown);
    }

    // ---- record to JSON

    private static ObjectNode object(Schema schema, IndexedRecord record) {
        var object = JSON.createObjectNode();
        for (var field : schema.getFields()) {
            object.set(field.name(), node(field.name(), field.schema(), record.get(field.pos())));
        }
        return object;
    }

    private static JsonNode node(String path, Schema schema, Object value) {
        var nodes = JSON.getNodeFactory();
        if (value == null) {
            return nodes.nullNode();
        }
        var type = RecordRules.valueSchema(schema);
        return switch (type.getType()) {
            case BOOLEAN -> nodes.booleanNode((Boolean) value);
            case INT -> nodes.numberNode((Integer) value);
            case LONG ->
                type.getLogicalType() == null
                        ? nodes.numberNode((Long) value)
                        : nodes.textNode(TIME.format((Instant) value));
            case DOUBLE -> nodes.numberNode(finite(path, (Double) value));
            case STRING -> nodes.textNode(value.toString());
            case BYTES -> {
                var bytes = new byte[((ByteBuffer) value).remaining()];
                ((ByteBuffer) value).duplicate().get(bytes);
                yield nodes.binaryNode(bytes);
            }
            case ARRAY -> {
                var array = nodes.arrayNode();
                for (Object item : (List<?>) value) {
                    array.add(node(path + "[]", type.getElementType(), Objects.requireNonNull(item)));
                }
                yield array;
            }
            case RECORD -> object(type, (IndexedRecord) value);
            default -> throw unsupported(type);
        };
    }

    private static double finite(String path, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(path + " is " + value + ", which JSON can't say");
        }
        return value;
    }

    private static IllegalStateException unsupported(Schema type) {
        return new IllegalStateException("no JSON form is defined for the Avro type " + type);
    }
}
