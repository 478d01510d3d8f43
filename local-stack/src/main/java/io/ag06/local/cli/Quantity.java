package io.ag06.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Locale;

/** Quantities for a person: three digits or so, with a unit; a dash for what is not known. */
final class Quantity {
    private static final String UNKNOWN = "-";
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final String[] SIZES = {"B", "kB", "MB", "GB", "TB"};

    private Quantity() {}

    static String count(JsonNode value) {
        return value.isNumber() ? String.format(Locale.ROOT, "%,d", value.asLong()) : UNKNOWN;
    }

    /** Per second. */
    static String rate(JsonNode value) {
        return value.isNumber() ? String.format(Locale.ROOT, "%,.1f", value.asDouble()) : UNKNOWN;
    }

    static String micros(JsonNode value) {
        return value.isNumber() ? micros(value.asLong()) : UNKNOWN;
    }

    static String micros(long micros) {
        if (micros == 0) {
            return "0 s";
        }
        if (Math.abs(micros) < MICROS_PER_SECOND) {
            return Math.round(micros / 1e3) + " ms";
        }
        double seconds = (double) micros / MICROS_PER_SECOND;
        return Math.abs(seconds) < 10
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : time(Duration.ofSeconds(Math.round(seconds)));
    }

    /** Whole seconds, minutes, hours or days. */
    static String time(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 120) {
            return seconds + " s";
        }
        if (time.toMinutes() < 120) {
            return time.toMinutes() + " min";
        }
        return time.toHours() < 48 ? time.toHours() + " h" : time.toDays() + " d";
    }

    static String bytes(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 1000 && unit < SIZES.length - 1) {
            size /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || size >= 100 ? "%.0f %s" : "%.1f %s", size, SIZES[unit]);
    }
}
