package io.ag06.schemas;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.IndexedRecord;

/**
 * The rules of one record, compiled once from its schema: what no Avro type can say, such as that a duration is never
 * negative. A record that breaks one is a dead letter. Immutable, safe for use by several threads.
 *
 * @see FieldRule the properties that declare them
 */
public final class RecordRules {
    private static final Map<Schema.Type, Set<String>> KNOWN = Map.of(
            Schema.Type.INT, Set.of("minimum", "maximum"),
            Schema.Type.LONG, Set.of("minimum", "maximum"),
            Schema.Type.DOUBLE, Set.of("minimum", "maximum"),
            Schema.Type.STRING, Set.of("minLength"),
            Schema.Type.ARRAY, Set.of("minItems", "maxItems"));

    private final String record;
    private final List<FieldCheck> checks;
    private final Map<String, FieldRule> rules;

    private RecordRules(Schema schema) {
        this.record = schema.getName();
        this.rules = new LinkedHashMap<>();
        this.checks = checksOf(schema, "");
    }

    /**
     * The rules of a record.
     *
     * @throws IllegalArgumentException where the schema declares a rule that its field's type does not have
     */
    public static RecordRules of(Schema schema) {
        return new RecordRules(schema);
    }

    /** Which rule the record breaks, in words for a person; empty where it keeps them all. */
    public Optional<String> violation(IndexedRecord value) {
        for (var check : checks) {
            var found = check.violation(value);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /**
     * The rule of one field, for who reads the bytes without making a record.
     *
     * @param path the field, as {@code duration_us} or {@code channels[].rms_dbfs}; the items of an array of numbers
     *     are {@code band_levels_dbfs[]}
     * @return empty where every value is allowed
     */
    public Optional<FieldRule> rule(String path) {
        return Optional.ofNullable(rules.get(path));
    }

    @Override
    public String toString() {
        return record + rules.values();
    }

    private List<FieldCheck> checksOf(Schema schema, String prefix) {
        var found = new ArrayList<FieldCheck>();
        for (Field field : schema.getFields()) {
            var check = check(prefix + field.name(), valueSchema(field.schema()), field);
            if (check != null) {
                int position = field.pos();
                found.add(parent -> {
                    Object value = ((IndexedRecord) parent).get(position);
                    return value == null ? Optional.empty() : check.violation(value);
                });
            }
        }
        return List.copyOf(found);
    }

    /** What checks a value of this type; null where there is nothing to check. */
    private FieldCheck check(String path, Schema type, JsonProperties declared) {
        refuseUnknown(path, type, declared);
        switch (type.getType()) {
            case INT, LONG -> {
                if (type.getLogicalType() != null || undeclared(type, declared)) {
                    return null;
                }
                var rule = keep(FieldRule.ofWholeNumber(path, declared));
                return value -> rule.check(((Number) value).longValue());
            }
            case DOUBLE -> {
                var rule = keep(FieldRule.ofNumber(path, declared));
                return value -> rule.check(((Number) value).doubleValue());
            }
            case STRING -> {
                if (undeclared(type, declared)) {
                    return null;
                }
                var rule = keep(FieldRule.ofString(path, declared));
                return value -> rule.checkLength(((CharSequence) value).length());
            }
            case ARRAY -> {
                var rule = keep(FieldRule.ofArray(path, declared));
                var items = check(path + "[]", type.getElementType(), type.getElementType());
                return value -> arrayViolation(rule, items, (List<?>) value);
            }
            case RECORD -> {
                var nested = checksOf(type, path + ".");
                return value -> {
                    for (var check : nested) {
                        var found = check.violation(value);
                        if (found.isPresent()) {
                            return found;
                        }
                    }
                    return Optional.empty();
                };
            }
            default -> {
                return null;
            }
        }
    }

    private static Optional<String> arrayViolation(FieldRule rule, FieldCheck items, List<?> values) {
        var found = rule.checkLength(values.size());
        if (items == null) {
            return found;
        }
        for (int i = 0; found.isEmpty() && i < values.size(); i++) {
            found = items.violation(values.get(i));
        }
        return found;
    }

    private FieldRule keep(FieldRule rule) {
        rules.put(rule.path(), rule);
        return rule;
    }

    private static boolean undeclared(Schema type, JsonProperties declared) {
        return KNOWN.get(type.getType()).stream().noneMatch(rule -> declared.getObjectProp(rule) != null);
    }

    /** A misspelt rule would hold nothing and look as if it did. */
    private static void refuseUnknown(String path, Schema type, JsonProperties declared) {
        if (!(declared instanceof Field)) {
            return;
        }
        var known = type.getLogicalType() == null ? KNOWN.getOrDefault(type.getType(), Set.of()) : Set.<String>of();
        var unknown = declared.getObjectProps().keySet().stream()
                .filter(property -> !known.contains(property))
                .collect(Collectors.toSet());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(path + " declares " + unknown + "; a field of type "
                    + type.getType().getName() + " has " + known);
        }
    }

    /** The type of a field's value; of an optional field, the type it has where it is not null. */
    static Schema valueSchema(Schema schema) {
        if (!schema.isUnion()) {
            return schema;
        }
        return schema.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .findFirst()
                .orElse(schema);
    }

    /** Checks one value that is not null. */
    private interface FieldCheck {
        Optional<String> violation(Object value);
    }
}
