package io.ag06.pipeline.rowbinary;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which types a column may have for its bytes to mean there what was written. RowBinary carries no types: a server
 * reads whatever comes as what its columns are, and bytes of another type are other values without a word.
 *
 * @param pattern matches the types as ClickHouse names them, without {@code LowCardinality} and time zones, neither of
 *     which is in the bytes
 */
public record ColumnType(String pattern) implements Serializable {
    public ColumnType {
        requireNonNull(pattern, "pattern");
    }

    /** One of these. */
    public static ColumnType anyOf(String... names) {
        return new ColumnType(
                Arrays.stream(names).map(ColumnType::quoted).collect(Collectors.joining("|", "(?:", ")")));
    }

    /** Null, or of this type. */
    public static ColumnType nullable(ColumnType type) {
        return new ColumnType("Nullable\\(" + type.pattern + "\\)");
    }

    /** Elements of this type. */
    public static ColumnType array(ColumnType type) {
        return new ColumnType("Array\\(" + type.pattern + "\\)");
    }

    /** Keys and values of these types. */
    public static ColumnType map(ColumnType key, ColumnType value) {
        return new ColumnType("Map\\(" + key.pattern + ", " + value.pattern + "\\)");
    }

    /** Fields by name, in their order. */
    public static ColumnType tuple(Map<String, ColumnType> fields) {
        return new ColumnType(fields.entrySet().stream()
                .map(field -> field.getKey() + " " + field.getValue().pattern)
                .collect(Collectors.joining(", ", "Tuple\\(", "\\)")));
    }

    /**
     * Whether a column may have a type.
     *
     * @param name as in {@code system.columns}
     */
    public boolean accepts(String name) {
        return withoutWhatIsNotSent(name).matches(pattern);
    }

    private static String withoutWhatIsNotSent(String name) {
        return name.replace("'", "")
                .replaceAll("LowCardinality\\(((?:[^()]|\\([^()]*\\))*)\\)", "$1")
                .replaceAll("DateTime64\\((\\d), [^()]*\\)", "DateTime64($1)")
                .replaceAll("DateTime\\([^()]*\\)", "DateTime");
    }

    private static String quoted(String name) {
        return name.replace("(", "\\(").replace(")", "\\)");
    }

    /** For a person: the types, with a bar between those that are as good as each other. */
    @Override
    public String toString() {
        return pattern.replaceAll("\\(\\?:((?:\\\\.|[^()\\\\])*)\\)", "$1").replace("\\", "");
    }
}
