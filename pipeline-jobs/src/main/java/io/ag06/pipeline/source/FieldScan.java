package io.ag06.pipeline.source;

import io.ag06.schemas.FieldRule;
import io.ag06.schemas.RecordRules;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

/**
 * Finds fields of a record in its bytes, without making the record: numbers by their value, strings by where they lie.
 * It is compiled from the schema that the record was written with, so it reads every version that is bundled.
 *
 * <p>A scan succeeds only for a record that is whole and keeps every rule. Of any other it says no more than that; the
 * caller asks {@link io.ag06.schemas.RecordCodec} and {@link RecordRules}, who know the reason. Not safe for use by
 * several threads.
 */
final class FieldScan {
    /** Of a field that is looked at and not kept. */
    private static final int NOT_KEPT = -1;

    private static final int NEVER_NULL = -1;
    private static final int LENGTH_OF_NULL = -1;

    private final Step[] steps;
    private final AvroCursor cursor = new AvroCursor();
    private final long[] numbers;
    private final int[] starts;
    private final int[] lengths;

    private FieldScan(Step[] steps, int slots) {
        this.steps = steps;
        this.numbers = new long[slots];
        this.starts = new int[slots];
        this.lengths = new int[slots];
        Arrays.fill(lengths, LENGTH_OF_NULL); // Of a field that was not written, which is null, it stays this.
    }

    /**
     * A scan for some fields of a record.
     *
     * @param written the schema that the record was written with
     * @param read the newest schema, whose rules all versions are judged by
     * @param wanted names of fields; a name's index here is the field's slot
     * @return empty where a field is neither a number, a boolean, a string, bytes nor one of these or null; where the
     *     two schemas differ in more than optional fields that were not written
     */
    static Optional<FieldScan> of(Schema written, Schema read, RecordRules rules, List<String> wanted) {
        if (!read.getFields().stream().allMatch(field -> isReadAsWritten(field, written.getField(field.name())))) {
            return Optional.empty();
        }
        List<Schema.Field> fields = written.getFields();
        Step[] steps = new Step[fields.size()];
        for (int i = 0; i < steps.length; i++) {
            Schema.Field field = fields.get(i);
            Optional<Kind> kind = Kind.of(field.schema());
            if (kind.isEmpty()) {
                return Optional.empty();
            }
            steps[i] = new Step(
                    kind.get(),
                    nullBranch(field.schema()),
                    rules.rule(field.name()).orElse(null),
                    wanted.indexOf(field.name()));
        }
        return Optional.of(new FieldScan(steps, wanted.size()));
    }

    /** @param written null for a field that was not written */
    private static boolean isReadAsWritten(Schema.Field read, Schema.Field written) {
        return written == null
                ? read.defaultVal() == JsonProperties.NULL_VALUE
                : written.schema().equals(read.schema());
    }

    private static int nullBranch(Schema schema) {
        return schema.isUnion() ? schema.getTypes().indexOf(Schema.create(Schema.Type.NULL)) : NEVER_NULL;
    }

    /**
     * Looks at a record.
     *
     * @param from index at which the record begins in the message, of which it is the rest
     * @return false where the scan is not sure of the record; what it kept means nothing then
     */
    boolean scan(byte[] message, int from) {
        cursor.startAt(message, from);
        try {
            for (Step step : steps) {
                if (!take(step)) {
                    return false;
                }
            }
        } catch (UnusualBytesException | IndexOutOfBoundsException e) {
            return false;
        }
        return cursor.isAtEnd();
    }

    /** Takes one field; false where it breaks its rule. */
    private boolean take(Step step) throws UnusualBytesException {
        if (step.nullBranch != NEVER_NULL) {
            int branch = cursor.readInt();
            if (branch == step.nullBranch) {
                if (step.slot != NOT_KEPT) {
                    lengths[step.slot] = LENGTH_OF_NULL;
                }
                return true;
            }
            if (branch != 1 - step.nullBranch) {
                return false;
            }
        }
        return switch (step.kind) {
            case LONG -> takeNumber(step, cursor.readLong());
            case INT -> takeNumber(step, cursor.readInt());
            case BOOLEAN -> takeNumber(step, cursor.readBoolean() ? 1 : 0);
            case DOUBLE -> takeDouble(step, cursor.readDouble());
            case TEXT -> takeText(step, cursor.readLength());
        };
    }

    private boolean takeNumber(Step step, long value) {
        if (step.slot != NOT_KEPT) {
            numbers[step.slot] = value;
            lengths[step.slot] = 0;
        }
        return step.rule == null || step.rule.check(value).isEmpty();
    }

    private boolean takeDouble(Step step, double value) {
        if (step.slot != NOT_KEPT) {
            numbers[step.slot] = Double.doubleToRawLongBits(value);
            lengths[step.slot] = 0;
        }
        return step.rule == null || step.rule.check(value).isEmpty();
    }

    private boolean takeText(Step step, int length) {
        if (step.slot != NOT_KEPT) {
            starts[step.slot] = cursor.position();
            lengths[step.slot] = length;
        }
        cursor.skip(length);
        return step.rule == null || step.rule.checkLength(length).isEmpty();
    }

    /** A number of the last record; of a boolean 1 or 0, of a floating point number its raw bits. */
    long number(int slot) {
        return numbers[slot];
    }

    /** Index in the message at which a string of the last record begins. */
    int start(int slot) {
        return starts[slot];
    }

    /** Its length, bytes. */
    int length(int slot) {
        return lengths[slot];
    }

    /** Whether a value of the last record is null. */
    boolean isNull(int slot) {
        return lengths[slot] == LENGTH_OF_NULL;
    }

    /** How a value is written, and so how it is read. */
    enum Kind {
        LONG,
        INT,
        BOOLEAN,
        DOUBLE,
        /** A string or bytes. */
        TEXT;

        /** Of a field's schema, whether it may be null or not. */
        static Optional<Kind> of(Schema schema) {
            return switch (schema.getType()) {
                case LONG -> Optional.of(LONG);
                case INT -> Optional.of(INT);
                case BOOLEAN -> Optional.of(BOOLEAN);
                case DOUBLE -> Optional.of(DOUBLE);
                case STRING, BYTES -> Optional.of(TEXT);
                case UNION -> ofUnion(schema);
                default -> Optional.empty();
            };
        }

        private static Optional<Kind> ofUnion(Schema union) {
            return union.getTypes().size() == 2 && union.isNullable()
                    ? union.getTypes().stream()
                            .filter(branch -> branch.getType() != Schema.Type.NULL)
                            .findFirst()
                            .flatMap(Kind::of)
                    : Optional.empty();
        }
    }

    /**
     * One field, in the order in which they were written.
     *
     * @param nullBranch index of null in the field's union, or {@link #NEVER_NULL}
     * @param rule what its value must keep, or null
     * @param slot where its value is kept, or {@link #NOT_KEPT}
     */
    private record Step(Kind kind, int nullBranch, FieldRule rule, int slot) {}
}
