package io.ag06.agent.capture;

import static java.util.Objects.requireNonNull;

import io.ag06.analytics.audio.FrameLevels;
import java.time.Instant;

/**
 * One measured frame of one stream.
 *
 * @param streamId one uninterrupted capture; frames of one stream have one format
 * @param sequence number of the frame within its stream, from 0 without gaps
 * @param eventTime when the first sample was captured
 * @param levels what was measured
 * @param xruns gaps in the captured sound found since the previous frame, at least 0
 * @param lastSampleNanos when the last sample was captured, on the monotonic clock ({@link System#nanoTime()})
 */
public record CapturedFrame(
        String streamId, long sequence, Instant eventTime, FrameLevels levels, int xruns, long lastSampleNanos) {
    public CapturedFrame {
        requireNonNull(streamId, "streamId");
        requireNonNull(eventTime, "eventTime");
        requireNonNull(levels, "levels");
    }

    /**
     * The {@code capture_latency_us} of the frame's record: from the capture of the last sample to the hand-over to the
     * producer.
     *
     * @param handedOverNanos when the record is handed over, on the monotonic clock ({@link System#nanoTime()})
     * @return microseconds, at least 0
     */
    public long captureLatencyMicros(long handedOverNanos) {
        return Math.max(0, (handedOverNanos - lastSampleNanos) / 1_000);
    }
}
