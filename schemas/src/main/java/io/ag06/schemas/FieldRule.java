package io.ag06.schemas;

import java.util.Optional;
import org.apache.avro.JsonProperties;

/**
 * What values one field may have, as its schema declares it: {@code minimum} and {@code maximum} of a number,
 * {@code minLength} of a string, {@code minItems} and {@code maxItems} of an array. A floating point number is always
 * finite, declared or not. Checking a value that is allowed allocates nothing. Immutable.
 */
public final class FieldRule {
    private final String path;
    private final Number declaredMinimum;
    private final Number declaredMaximum;
    private final long minimum;
    private final long maximum;
    private final double doubleMinimum;
    private final double doubleMaximum;
    private final int minLength;
    private final int maxLength;
    private final String lengthUnit;

    private FieldRule(String path, Number minimum, Number maximum, Number minLength, Number maxLength, String unit) {
        this.path = path;
        this.declaredMinimum = minimum;
        this.declaredMaximum = maximum;
        this.minimum = minimum == null ? Long.MIN_VALUE : minimum.longValue();
        this.maximum = maximum == null ? Long.MAX_VALUE : maximum.longValue();
        this.doubleMinimum = minimum == null ? Double.NEGATIVE_INFINITY : minimum.doubleValue();
        this.doubleMaximum = maximum == null ? Double.POSITIVE_INFINITY : maximum.doubleValue();
        this.minLength = minLength == null ? 0 : minLength.intValue();
        this.maxLength = maxLength == null ? Integer.MAX_VALUE : maxLength.intValue();
        this.lengthUnit = unit;
    }

    static FieldRule ofWholeNumber(String path, JsonProperties declared) {
        return new FieldRule(path, whole(path, declared, "minimum"), whole(path, declared, "maximum"), null, null, "");
    }

    static FieldRule ofNumber(String path, JsonProperties declared) {
        return new FieldRule(
                path, number(path, declared, "minimum"), number(path, declared, "maximum"), null, null, "");
    }

    static FieldRule ofString(String path, JsonProperties declared) {
        return new FieldRule(path, null, null, whole(path, declared, "minLength"), null, "characters");
    }

    static FieldRule ofArray(String path, JsonProperties declared) {
        return new FieldRule(
                path, null, null, whole(path, declared, "minItems"), whole(path, declared, "maxItems"), "items");
    }

    /** The field, from the record down: {@code device_id}, {@code channels[].rms_dbfs}. */
    public String path() {
        return path;
    }

    /** Why this whole number is not allowed, or empty. */
    public Optional<String> check(long value) {
        if (value >= minimum && value <= maximum) {
            return Optional.empty();
        }
        return Optional.of(path + " is " + value + "; " + allowed(declaredMinimum, declaredMaximum));
    }

    /** Why this floating point number is not allowed, or empty. */
    public Optional<String> check(double value) {
        if (!Double.isFinite(value)) {
            return Optional.of(path + " is " + value + "; a finite number is allowed");
        }
        if (value >= doubleMinimum && value <= doubleMaximum) {
            return Optional.empty();
        }
        return Optional.of(path + " is " + value + "; " + allowed(declaredMinimum, declaredMaximum));
    }

    /**
     * Why a string or an array of this length is not allowed, or empty.
     *
     * @param length characters of a string (its UTF-8 bytes do as well, since only emptiness is ever refused), or items
     *     of an array
     */
    public Optional<String> checkLength(int length) {
        if (length >= minLength && length <= maxLength) {
            return Optional.empty();
        }
        if (length == 0 && minLength == 1) {
            return Optional.of(path + " is empty");
        }
        return Optional.of(path + " has " + length + " " + lengthUnit + "; "
                + allowed(minLength, maxLength == Integer.MAX_VALUE ? null : maxLength));
    }

    @Override
    public String toString() {
        return path + " (" + allowed(declaredMinimum, declaredMaximum) + ", length " + minLength + " to " + maxLength
                + ")";
    }

    private static String allowed(Number from, Number to) {
        if (from == null && to == null) {
            return "anything is allowed";
        }
        if (to == null) {
            return "at least " + from + " is allowed";
        }
        if (from == null) {
            return "at most " + to + " is allowed";
        }
        return from.equals(to) ? "exactly " + from + " is allowed" : from + " to " + to + " is allowed";
    }

    private static Number whole(String path, JsonProperties declared, String rule) {
        var number = number(path, declared, rule);
        if (number != null && !(number instanceof Integer || number instanceof Long)) {
            throw new IllegalArgumentException(path + ": " + rule + " must be a whole number, was " + number);
        }
        return number;
    }

    private static Number number(String path, JsonProperties declared, String rule) {
        Object value = declared.getObjectProp(rule);
        if (value == null || value instanceof Number) {
            return (Number) value;
        }
        throw new IllegalArgumentException(path + ": " + rule + " must be a number, was " + value);
    }
}
