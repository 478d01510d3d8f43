package io.ag06.local.sql;

import io.ag06.analytics.goldensignals.LatencyBins;
import io.ag06.analytics.goldensignals.SignalsKey;
import io.ag06.analytics.goldensignals.SignalsPartial;
import java.util.Map;
import java.util.stream.Collectors;

/** Partial golden signals as rows of a statement. */
final class PartialRows {
    private PartialRows() {}

    static String insert(String table, Map<SignalsKey, SignalsPartial> partials) {
        return "INSERT INTO " + table
                + " (entity_kind, entity_id, operation, region, window_start, events, bytes, errors, latency_bins,"
                + " latency_zeros, latency_ok_bins, latency_ok_zeros, slow_events, saturation, sequence_min,"
                + " sequence_max, kafka_topic, kafka_partition, offset_first, offset_last, sink_block) VALUES "
                + partials.entrySet().stream()
                        .map(entry -> row(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(",\n"));
    }

    private static String row(SignalsKey key, SignalsPartial partial) {
        var noFrames = partial.sequences().isEmpty();
        return "('%s', '%s', '%s', '%s', %d, %d, %d, %d, %s, %d, %s, %d, %d, %s, %s, %s, '%s', 0, 0, 9, 7)"
                .formatted(
                        key.entityKind(),
                        key.entityId(),
                        key.operation(),
                        key.region(),
                        key.bucketStart(),
                        partial.events(),
                        partial.bytes(),
                        partial.errors(),
                        bins(partial.latency()),
                        partial.latency().zeros(),
                        bins(partial.latencyOk()),
                        partial.latencyOk().zeros(),
                        partial.slowEvents(),
                        partial.saturation().resources().entrySet().stream()
                                .map(share -> "'" + share.getKey() + "': " + share.getValue())
                                .collect(Collectors.joining(", ", "{", "}")),
                        noFrames ? "NULL" : partial.sequences().min(),
                        noFrames ? "NULL" : partial.sequences().max(),
                        noFrames ? "ag06.service-requests" : "ag06.audio-frames");
    }

    private static String bins(LatencyBins latency) {
        return latency.counts().entrySet().stream()
                .map(bin -> bin.getKey() + ": " + bin.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
