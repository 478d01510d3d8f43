package io.ag06.pipeline.row;

import java.util.Map;

/**
 * A row of {@code golden_signals_partials}: what the events of one stretch of one Kafka partition add to one entity and
 * bucket.
 *
 * @param windowStart start of the bucket, seconds since the epoch
 * @param sequenceMin smallest frame number, or null where there are no frames (so {@code sequenceMax})
 * @param offsetFirst first offset of the stretch, which is the same for every row of it (so {@code offsetLast})
 */
public record GoldenSignalsPartialRow(
        String entityKind,
        String entityId,
        String operation,
        String region,
        int windowStart,
        long events,
        long bytes,
        long errors,
        BinCounts latencyBins,
        long latencyZeros,
        BinCounts latencyOkBins,
        long latencyOkZeros,
        long slowEvents,
        Map<String, Double> saturation,
        Long sequenceMin,
        Long sequenceMax,
        String kafkaTopic,
        int kafkaPartition,
        long offsetFirst,
        long offsetLast) {}
