package io.ag06.analytics.goldensignals;

import java.time.Duration;

/**
 * What some events of one {@link SignalsKey} come to. Counts add, saturation takes the larger, sequences widen, so
 * {@link #plus} is associative and commutative: events may be taken in any order and in any parts.
 *
 * @param events requests, or frames that came
 * @param bytes request plus response bytes; 0 for devices
 * @param errors failed requests, or impaired frames; frames that never came are known only over all of a stream's
 *     buckets ({@link GoldenSignals#finish})
 * @param latency latencies of all events, microseconds
 * @param latencyOk latencies of those without error
 * @param slowEvents events whose latency is above the threshold
 * @param saturation how full the entity's resources were
 * @param sequences frame numbers of a stream
 */
public record SignalsPartial(
        long events,
        long bytes,
        long errors,
        LatencyBins latency,
        LatencyBins latencyOk,
        long slowEvents,
        Saturation saturation,
        SequenceRange sequences) {
    /** What no events come to. */
    public static final SignalsPartial NONE =
            new SignalsPartial(0, 0, 0, LatencyBins.EMPTY, LatencyBins.EMPTY, 0, Saturation.NONE, SequenceRange.NONE);

    /**
     * One request.
     *
     * @param slowAbove the latency above which it counts as slow
     */
    public static SignalsPartial of(RequestEvent request, Duration slowAbove) {
        return one(
                request.requestBytes() + request.responseBytes(),
                request.failed(),
                request.durationUs(),
                slowAbove,
                SequenceRange.NONE);
    }

    /**
     * One frame.
     *
     * @param slowAbove the latency above which it counts as slow
     */
    public static SignalsPartial of(FrameEvent frame, Duration slowAbove) {
        return one(0, frame.failed(), frame.captureLatencyUs(), slowAbove, SequenceRange.of(frame.sequence()));
    }

    /** One reading of a service's load; it is no event of its own. */
    public static SignalsPartial of(LoadEvent load) {
        return of(load.saturation());
    }

    /** One reading of a device's health; it is no event of its own. */
    public static SignalsPartial of(DeviceEvent device) {
        return of(device.saturation());
    }

    private static SignalsPartial of(Saturation saturation) {
        return new SignalsPartial(0, 0, 0, LatencyBins.EMPTY, LatencyBins.EMPTY, 0, saturation, SequenceRange.NONE);
    }

    private static SignalsPartial one(
            long bytes, boolean failed, long latencyUs, Duration slowAbove, SequenceRange sequences) {
        var latency = LatencyBins.of(latencyUs);
        return new SignalsPartial(
                1,
                bytes,
                failed ? 1 : 0,
                latency,
                failed ? LatencyBins.EMPTY : latency,
                latencyUs > slowAbove.toNanos() / 1_000 ? 1 : 0,
                Saturation.NONE,
                sequences);
    }

    /** These events and those together. */
    public SignalsPartial plus(SignalsPartial those) {
        return new SignalsPartial(
                Math.addExact(events, those.events),
                Math.addExact(bytes, those.bytes),
                Math.addExact(errors, those.errors),
                latency.plus(those.latency),
                latencyOk.plus(those.latencyOk),
                Math.addExact(slowEvents, those.slowEvents),
                saturation.plus(those.saturation),
                sequences.plus(those.sequences));
    }
}
