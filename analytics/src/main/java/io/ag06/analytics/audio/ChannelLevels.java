package io.ag06.analytics.audio;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;

/**
 * Levels of one channel over one frame.
 *
 * @param rmsDbfs 20 log10 of the root of the mean square, DC included, dBFS; at least {@link Decibels#FLOOR_DBFS}
 * @param samplePeakDbfs largest sample magnitude, dBFS; at least {@link Decibels#FLOOR_DBFS}
 * @param truePeakDbtp largest magnitude after interpolation (ITU-R BS.1770-4 annex 2), dBTP; empty where it is not
 *     measured
 * @param clippedSamples samples at or above {@link SampleFormat#clippingMagnitude()}
 * @param dcOffset mean of the samples, -1..1
 */
public record ChannelLevels(
        double rmsDbfs, double samplePeakDbfs, OptionalDouble truePeakDbtp, long clippedSamples, double dcOffset) {
    public ChannelLevels {
        requireNonNull(truePeakDbtp, "truePeakDbtp");
    }
}
