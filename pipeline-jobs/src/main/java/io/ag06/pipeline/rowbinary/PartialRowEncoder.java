package io.ag06.pipeline.rowbinary;

import io.ag06.pipeline.row.BinCounts;
import io.ag06.sql.Table;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes records whose components are a table's columns. A component's name in snake case is the column's name; its
 * type decides the bytes: {@code int} Int32, UInt32 or DateTime (epoch seconds), {@code long} Int64 or UInt64,
 * {@code short} Int16, {@code double} Float64, {@code boolean} Bool, {@code String} String, {@code Instant}
 * DateTime64(6), {@code Long} and {@code Double} Nullable, {@code Map} and {@link BinCounts} Map. The record must have
 * the components {@code kafkaTopic}, {@code kafkaPartition}, {@code offsetFirst} and {@code offsetLast}, and the
 * table's partition column.
 */
public final class PartialRowEncoder<R extends Record> implements RowEncoder<R> {
    private static final int SECONDS_PER_DAY = 86_400;

    private final Class<R> type;
    private final Table table;
    private transient Accessors accessors;

    public PartialRowEncoder(Class<R> type, Table table) {
        this.type = type;
        this.table = table;
        this.accessors = new Accessors(type, table.partitionColumn());
    }

    @Override
    public List<RowLayout> layouts() {
        return List.of(new RowLayout(table, columnsOf(type)));
    }

    @Override
    public EncodedRow encode(R row) {
        if (accessors == null) { // Just deserialised on a task manager.
            accessors = new Accessors(type, table.partitionColumn());
        }
        return accessors.encode(table.name(), row);
    }

    /** The columns that a row record stands for, in order. */
    public static List<String> columnsOf(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> snakeCase(component.getName()))
                .toList();
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /** Reads a record's components and writes them, in the order of its columns. */
    private static final class Accessors {
        private final List<Component> components;
        private final int partitionDay;
        private final int kafkaTopic;
        private final int kafkaPartition;
        private final int offsetFirst;
        private final int offsetLast;
        private final RowBinaryWriter out = new RowBinaryWriter(1024);

        private Accessors(Class<? extends Record> type, String partitionColumn) {
            components =
                    Arrays.stream(type.getRecordComponents()).map(Component::of).toList();
            List<String> columns = columnsOf(type);
            partitionDay = indexOf(columns, partitionColumn, type);
            kafkaTopic = indexOf(columns, "kafka_topic", type);
            kafkaPartition = indexOf(columns, "kafka_partition", type);
            offsetFirst = indexOf(columns, "offset_first", type);
            offsetLast = indexOf(columns, "offset_last", type);
        }

        private static int indexOf(List<String> columns, String column, Class<?> type) {
            int index = columns.indexOf(column);
            if (index < 0) {
                throw new IllegalArgumentException(type + " has no component for the column " + column);
            }
            return index;
        }

        EncodedRow encode(String table, Record row) {
            out.clear();
            Object[] values = new Object[components.size()];
            for (int i = 0; i < values.length; i++) {
                Component component = components.get(i);
                values[i] = component.valueOf(row);
                if (component.nullable()) {
                    out.nullFlag(values[i] == null);
                }
                if (values[i] != null || !component.nullable()) {
                    write(values[i]);
                }
            }
            return new EncodedRow(
                    table,
                    day(values[partitionDay]),
                    (String) values[kafkaTopic],
                    (int) values[kafkaPartition],
                    (long) values[offsetFirst],
                    (long) values[offsetLast],
                    out.toByteArray());
        }

        private static int day(Object time) {
            return time instanceof Instant instant
                    ? (int) Math.floorDiv(instant.getEpochSecond(), (long) SECONDS_PER_DAY)
                    : (int) (Integer.toUnsignedLong((int) time) / SECONDS_PER_DAY);
        }

        private void write(Object value) {
            if (value instanceof Long number) {
                out.int64(number);
            } else if (value instanceof Integer number) {
                out.int32(number);
            } else if (value instanceof Short number) {
                out.int16(number);
            } else if (value instanceof Double number) {
                out.float64(number);
            } else if (value instanceof Boolean flag) {
                out.bool(flag);
            } else if (value instanceof String text) {
                out.string(text);
            } else if (value instanceof Instant instant) {
                out.int64(Math.addExact(
                        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000L));
            } else if (value instanceof BinCounts counts) {
                out.size(counts.bins().length);
                for (int i = 0; i < counts.bins().length; i++) {
                    out.int16(counts.bins()[i]);
                    out.int64(counts.counts()[i]);
                }
            } else if (value instanceof Map<?, ?> map) {
                out.size(map.size());
                map.forEach((key, element) -> {
                    write(key);
                    write(element);
                });
            } else {
                throw new IllegalArgumentException("No column holds a " + value);
            }
        }
    }

    /** One component: how to read it, and whether its column is Nullable. */
    private record Component(MethodHandle accessor, boolean nullable) {
        static Component of(RecordComponent component) {
            try {
                MethodHandle accessor = MethodHandles.publicLookup().unreflect(component.getAccessor());
                return new Component(
                        accessor.asType(MethodType.methodType(Object.class, Record.class)),
                        Number.class.isAssignableFrom(component.getType()));
            } catch (IllegalAccessException e) {
                throw new IllegalArgumentException(component.getDeclaringRecord() + " must be a public record", e);
            }
        }

        Object valueOf(Record row) {
            try {
                return (Object) accessor.invokeExact(row);
            } catch (Throwable e) {
                throw new IllegalStateException("A row's accessor failed: " + accessor, e);
            }
        }
    }
}
