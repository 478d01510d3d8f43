package io.ag06.local.sql;

import io.ag06.analytics.goldensignals.GoldenSignals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A row of the view {@code golden_signals}; null where the view has no answer. Doubles are equal by their bits. */
record ViewRow(
        String entityKind,
        String entityId,
        String operation,
        String region,
        Instant windowStart,
        Instant windowEnd,
        long events,
        double eventsPerSecond,
        Long bytes,
        long errors,
        Double errorRatio,
        Double latencyP50Us,
        Double latencyP90Us,
        Double latencyP95Us,
        Double latencyP99Us,
        Double latencyP999Us,
        Map<Integer, Long> latencyBins,
        long latencyZeros,
        Map<Integer, Long> latencyOkBins,
        long latencyOkZeros,
        long slowEvents,
        Map<String, Double> saturation,
        Double saturationMax,
        Long missingFrames) {

    static ViewRow of(GoldenSignals signals) {
        return new ViewRow(
                signals.key().entityKind(),
                signals.key().entityId(),
                signals.key().operation(),
                signals.key().region(),
                signals.windowStart(),
                signals.windowEnd(),
                signals.events(),
                signals.eventsPerSecond(),
                orNull(signals.bytes()),
                signals.errors(),
                orNull(signals.errorRatio()),
                orNull(signals.latencyUs(500)),
                orNull(signals.latencyUs(900)),
                orNull(signals.latencyUs(950)),
                orNull(signals.latencyUs(990)),
                orNull(signals.latencyUs(999)),
                signals.latency().counts(),
                signals.latency().zeros(),
                signals.latencyOk().counts(),
                signals.latencyOk().zeros(),
                signals.slowEvents(),
                signals.saturation().resources(),
                orNull(signals.saturationMax()),
                orNull(signals.missingFrames()));
    }

    static ViewRow of(ResultSet row) throws SQLException {
        return new ViewRow(
                row.getString("entity_kind"),
                row.getString("entity_id"),
                row.getString("operation"),
                row.getString("region"),
                row.getObject("window_start", OffsetDateTime.class).toInstant(),
                row.getObject("window_end", OffsetDateTime.class).toInstant(),
                row.getLong("events"),
                row.getDouble("events_per_second"),
                nullable(row, "bytes", row.getLong("bytes")),
                row.getLong("errors"),
                nullable(row, "error_ratio", row.getDouble("error_ratio")),
                nullable(row, "latency_p50_us", row.getDouble("latency_p50_us")),
                nullable(row, "latency_p90_us", row.getDouble("latency_p90_us")),
                nullable(row, "latency_p95_us", row.getDouble("latency_p95_us")),
                nullable(row, "latency_p99_us", row.getDouble("latency_p99_us")),
                nullable(row, "latency_p999_us", row.getDouble("latency_p999_us")),
                counts(row, "latency_bins"),
                row.getLong("latency_zeros"),
                counts(row, "latency_ok_bins"),
                row.getLong("latency_ok_zeros"),
                row.getLong("slow_events"),
                shares(row, "saturation"),
                nullable(row, "saturation_max", row.getDouble("saturation_max")),
                nullable(row, "missing_frames", row.getLong("missing_frames")));
    }

    private static <T> T nullable(ResultSet row, String column, T value) throws SQLException {
        return row.getObject(column) == null ? null : value;
    }

    private static Map<Integer, Long> counts(ResultSet row, String column) throws SQLException {
        var counts = new TreeMap<Integer, Long>();
        ((Map<?, ?>) row.getObject(column))
                .forEach((bin, count) -> counts.put(((Number) bin).intValue(), ((Number) count).longValue()));
        return counts;
    }

    private static Map<String, Double> shares(ResultSet row, String column) throws SQLException {
        var shares = new TreeMap<String, Double>();
        ((Map<?, ?>) row.getObject(column)).forEach((resource, share) -> shares.put((String) resource, (Double) share));
        return shares;
    }

    private static Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    private static Long orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
