package io.ag06.agent.capture;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;

/**
 * What the capture tells about itself, for DeviceMetrics.
 *
 * @param sampleRateHz sampling rate of the current stream, Hz; 0 while no stream is open
 * @param bufferFrames size of the capture buffer, samples per channel; 0 where there is none (files, generator)
 * @param bufferFill largest fill of the capture buffer since the status was last taken, 0..1
 * @param xrunsTotal gaps in the captured sound since the source was opened
 * @param clockDriftPpm captured samples over the monotonic clock against the nominal rate, last 60 s, parts per
 *     million; empty until it can be told, and where nothing is captured by a clock of its own (files, generator)
 */
public record CaptureStatus(
        int sampleRateHz, int bufferFrames, double bufferFill, long xrunsTotal, OptionalDouble clockDriftPpm) {
    public CaptureStatus {
        requireNonNull(clockDriftPpm, "clockDriftPpm");
    }
}
