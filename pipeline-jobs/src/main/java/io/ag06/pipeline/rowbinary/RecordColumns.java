package io.ag06.pipeline.rowbinary;

import io.ag06.pipeline.row.BinCounts;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The components of a record as a table's columns. A component's name in snake case is the column's name; its type
 * decides the bytes: {@code int} Int32, UInt32 or DateTime (epoch seconds), {@code long} Int64 or UInt64, {@code short}
 * Int16, {@code double} Float64, {@code boolean} Bool, {@code String} String, {@code Instant} DateTime64(6),
 * {@code Long} and {@code Double} Nullable, {@code Map} and {@link BinCounts} Map, {@code double[]} and
 * {@code String[]} Array. Not safe for use by several threads.
 */
final class RecordColumns {
    private static final int SECONDS_PER_DAY = 86_400;

    private final Class<? extends Record> type;
    private final List<String> names;
    private final List<Component> components;
    private final RowBinaryWriter out = new RowBinaryWriter(1024);

    RecordColumns(Class<? extends Record> type) {
        this.type = type;
        this.names = namesOf(type);
        this.components =
                Arrays.stream(type.getRecordComponents()).map(Component::of).toList();
    }

    /** The columns that a record stands for, in order. */
    static List<String> namesOf(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> snakeCase(component.getName()))
                .toList();
    }

    /** By column, the types whose bytes are written. */
    static Map<String, ColumnType> typesOf(Class<? extends Record> type) {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            types.put(snakeCase(component.getName()), typeOf(component.getGenericType()));
        }
        return types;
    }

    private static ColumnType typeOf(Type type) {
        if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
            return ColumnType.map(
                    presentOf(map.getActualTypeArguments()[0]), presentOf(map.getActualTypeArguments()[1]));
        }
        if (type == Long.class || type == Double.class) {
            return ColumnType.nullable(presentOf(type));
        }
        if (type == int.class) {
            return ColumnType.anyOf("Int32", "UInt32", "DateTime");
        } else if (type == long.class) {
            return ColumnType.anyOf("Int64", "UInt64");
        } else if (type == short.class) {
            return ColumnType.anyOf("Int16");
        } else if (type == double.class) {
            return ColumnType.anyOf("Float64");
        } else if (type == boolean.class) {
            return ColumnType.anyOf("Bool");
        } else if (type == String.class) {
            return ColumnType.anyOf("String");
        } else if (type == Instant.class) {
            return ColumnType.anyOf("DateTime64(6)");
        } else if (type == BinCounts.class) {
            return ColumnType.map(ColumnType.anyOf("Int16"), ColumnType.anyOf("UInt64"));
        } else if (type == double[].class) {
            return ColumnType.array(ColumnType.anyOf("Float64"));
        } else if (type == String[].class) {
            return ColumnType.array(ColumnType.anyOf("String"));
        }
        throw new IllegalArgumentException("No column holds a " + type.getTypeName());
    }

    /** Of what is there: a box that is not null. */
    private static ColumnType presentOf(Type type) {
        return typeOf(
                type instanceof Class<?> box
                        ? MethodType.methodType(box).unwrap().returnType()
                        : type);
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /**
     * Where a column stands.
     *
     * @throws IllegalArgumentException where the record does not have it
     */
    int indexOf(String column) {
        int index = names.indexOf(column);
        if (index < 0) {
            throw new IllegalArgumentException(type + " has no component for the column " + column);
        }
        return index;
    }

    /** The values of a record's components. */
    Object[] valuesOf(Record row) {
        Object[] values = new Object[components.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = components.get(i).valueOf(row);
        }
        return values;
    }

    /** Such values, in RowBinary. */
    byte[] encode(Object[] values) {
        out.clear();
        for (int i = 0; i < values.length; i++) {
            boolean nullable = components.get(i).nullable();
            if (nullable) {
                out.nullFlag(values[i] == null);
            }
            if (values[i] != null || !nullable) {
                write(values[i]);
            }
        }
        return out.toByteArray();
    }

    /** The day of a column that holds a time, days since the epoch, UTC. */
    static int dayOf(Object time) {
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
            out.int64(
                    Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000L));
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
        } else if (value instanceof double[] numbers) {
            out.size(numbers.length);
            for (double number : numbers) {
                out.float64(number);
            }
        } else if (value instanceof String[] texts) {
            out.size(texts.length);
            for (String text : texts) {
                out.string(text);
            }
        } else {
            throw new IllegalArgumentException("No column holds a " + value);
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
