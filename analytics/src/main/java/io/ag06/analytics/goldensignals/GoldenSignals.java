package io.ag06.analytics.goldensignals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * The golden signals of one entity in one bucket, as people read them: what the views {@code golden_signals},
 * {@code golden_signals_1m}, {@code _1h} and {@code _1d} show, to the bit. Ratios and percentiles are derived when
 * asked for, from integers; where there is no answer they are empty.
 *
 * @param key the entity; its {@code bucketStart} is the start of a bucket of this length
 * @param length the bucket's length
 * @param events traffic: requests; or frames, the missing ones included
 * @param bytes traffic: request plus response bytes; empty for devices
 * @param errors failed requests; or impaired frames plus the missing ones
 * @param latency latencies of all events (of the frames that came), microseconds
 * @param latencyOk latencies of those without error
 * @param slowEvents events whose latency is above the threshold
 * @param saturation how full the entity's resources were at their fullest
 * @param missingFrames frames that never came; empty for all but devices
 */
public record GoldenSignals(
        SignalsKey key,
        Duration length,
        long events,
        OptionalLong bytes,
        long errors,
        LatencyBins latency,
        LatencyBins latencyOk,
        long slowEvents,
        Saturation saturation,
        OptionalLong missingFrames) {

    /** Finishes partials in buckets of {@link Bucket#LENGTH}. */
    public static List<GoldenSignals> finish(Map<SignalsKey, SignalsPartial> partials) {
        return finish(partials, Bucket.LENGTH);
    }

    /**
     * Finishes partials in larger buckets. What is missing between the buckets of a stream is one more partial, of the
     * later bucket; so the signals of an hour are those of its minutes, added.
     *
     * @param partials all there is of each stream: what is missing before a bucket depends on the one before it
     * @param length a multiple of {@link Bucket#LENGTH}
     * @return by entity, then by time
     */
    public static List<GoldenSignals> finish(Map<SignalsKey, SignalsPartial> partials, Duration length) {
        var sorted = new TreeMap<>(partials);
        var missing = merge(StreamGaps.of(sorted), length, Math::addExact);
        return merge(sorted, length, SignalsPartial::plus).entrySet().stream()
                .map(entry -> of(entry.getKey(), length, entry.getValue(), missing.getOrDefault(entry.getKey(), 0L)))
                .toList();
    }

    private static <T> SortedMap<SignalsKey, T> merge(
            Map<SignalsKey, T> parts, Duration length, BinaryOperator<T> plus) {
        var merged = new TreeMap<SignalsKey, T>();
        parts.forEach((key, part) -> merged.merge(key.at(Bucket.startOf(key.bucketStart(), length)), part, plus));
        return merged;
    }

    private static GoldenSignals of(SignalsKey key, Duration length, SignalsPartial sum, long missing) {
        boolean device = key.entityKind().equals(SignalsKey.DEVICE);
        return new GoldenSignals(
                key,
                length,
                Math.addExact(sum.events(), missing),
                device ? OptionalLong.empty() : OptionalLong.of(sum.bytes()),
                Math.addExact(sum.errors(), missing),
                sum.latency(),
                sum.latencyOk(),
                sum.slowEvents(),
                sum.saturation(),
                device ? OptionalLong.of(missing) : OptionalLong.empty());
    }

    /** Start of the bucket; it belongs to it. */
    public Instant windowStart() {
        return Instant.ofEpochSecond(key.bucketStart());
    }

    /** End of the bucket; it does not belong to it. */
    public Instant windowEnd() {
        return windowStart().plus(length);
    }

    /** Traffic, 1/s. */
    public double eventsPerSecond() {
        return (double) events / length.toSeconds();
    }

    /** Errors / events, 0..1; empty without events. */
    public OptionalDouble errorRatio() {
        return events == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) errors / events);
    }

    /**
     * A percentile of latency, microseconds, within 1 %; empty without latencies.
     *
     * @param permille 500 for the median, 999 for p99.9
     */
    public OptionalDouble latencyUs(int permille) {
        return latency.quantile(permille);
    }

    /** How full the fullest resource was; empty without readings. */
    public OptionalDouble saturationMax() {
        return saturation.max();
    }
}
