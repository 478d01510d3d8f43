package io.ag06.pipeline.operator.goldensignals;

import io.ag06.analytics.goldensignals.DeviceEvent;
import io.ag06.analytics.goldensignals.FrameEvent;
import io.ag06.analytics.goldensignals.LoadEvent;
import io.ag06.analytics.goldensignals.RequestEvent;
import io.ag06.analytics.goldensignals.Saturation;
import io.ag06.analytics.goldensignals.SignalsKey;
import io.ag06.pipeline.row.BinCounts;
import io.ag06.pipeline.row.GoldenSignalsPartialRow;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A running sum of one entity and bucket: the same as {@link io.ag06.analytics.goldensignals.SignalsPartial}, which a
 * test holds it against, but added to in place, once per event.
 */
final class SignalsSum {
    private final SignalsKey key;
    private final long slowAboveUs;
    private final LatencyCounts ok = new LatencyCounts();
    private final LatencyCounts failed = new LatencyCounts();
    private final Map<String, Double> saturation = new HashMap<>();
    private long events;
    private long bytes;
    private long errors;
    private long slowEvents;
    private long sequenceMin = Long.MAX_VALUE;
    private long sequenceMax = Long.MIN_VALUE;

    SignalsSum(SignalsKey key, long slowAboveUs) {
        this.key = key;
        this.slowAboveUs = slowAboveUs;
    }

    @SuppressWarnings("ReferenceEquality") // Keys that are given out again are one object; the others are looked up.
    boolean isOf(SignalsKey other) {
        return key == other;
    }

    void add(RequestEvent request) {
        bytes += request.requestBytes() + request.responseBytes();
        event(request.failed(), request.durationUs());
    }

    void add(FrameEvent frame) {
        sequenceMin = Math.min(sequenceMin, frame.sequence());
        sequenceMax = Math.max(sequenceMax, frame.sequence());
        event(frame.failed(), frame.captureLatencyUs());
    }

    void add(LoadEvent load) {
        add(load.saturation());
    }

    void add(DeviceEvent device) {
        add(device.saturation());
    }

    private void event(boolean isFailed, long latencyUs) {
        events++;
        if (isFailed) {
            errors++;
            failed.add(latencyUs);
        } else {
            ok.add(latencyUs);
        }
        if (latencyUs > slowAboveUs) {
            slowEvents++;
        }
    }

    private void add(Saturation reading) {
        reading.resources().forEach((resource, share) -> saturation.merge(resource, share, Math::max));
    }

    /** The sum as a row. */
    GoldenSignalsPartialRow toRow(Stretch stretch) {
        BinCounts okBins = ok.byBin();
        return new GoldenSignalsPartialRow(
                key.entityKind(),
                key.entityId(),
                key.operation(),
                key.region(),
                (int) key.bucketStart(),
                events,
                bytes,
                errors,
                errors == 0 ? okBins : ok.plus(failed),
                ok.zeros() + failed.zeros(),
                okBins,
                ok.zeros(),
                slowEvents,
                new TreeMap<>(saturation),
                sequenceMin > sequenceMax ? null : sequenceMin,
                sequenceMin > sequenceMax ? null : sequenceMax,
                stretch.topic(),
                stretch.partition(),
                stretch.offsetFirst(),
                stretch.offsetLast());
    }
}
