package io.ag06.analytics.audio;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What is measured in one frame (100 ms) of one stream. Where a measure has no answer it is empty, never 0 or NaN.
 *
 * @param sampleRateHz sampling rate of the stream, Hz
 * @param frameSamples samples per channel in the frame: a tenth of the rate, fewer in the last frame of a stream
 * @param channels levels of each channel, in the order of the stream (left, right)
 * @param momentaryLufs loudness of the 400 ms that end with the frame, LUFS; empty until the window is full, or where
 *     it is not measured
 * @param shortTermLufs loudness of the 3 s that end with the frame, LUFS; likewise
 * @param stereoCorrelation Pearson correlation of left and right, -1..1; empty for mono or where a channel is silent
 * @param spectralCentroidHz centre of mass of the amplitude spectrum of the mono mix, Hz; 0 for digital silence
 * @param bandLevelsDbfs level of the mono mix in each of the ten {@link OctaveBand}s, dBFS; at least
 *     {@link Decibels#FLOOR_DBFS}
 * @param silent whether the RMS of every channel is below the silence threshold
 * @param momentaryMaxLufs largest momentary loudness over windows that ended within the frame, 10 ms apart, LUFS
 * @param shortTermMaxLufs largest short-term loudness, likewise
 */
public record FrameLevels(
        int sampleRateHz,
        int frameSamples,
        List<ChannelLevels> channels,
        OptionalDouble momentaryLufs,
        OptionalDouble shortTermLufs,
        OptionalDouble stereoCorrelation,
        double spectralCentroidHz,
        List<Double> bandLevelsDbfs,
        boolean silent,
        OptionalDouble momentaryMaxLufs,
        OptionalDouble shortTermMaxLufs) {
    public FrameLevels {
        channels = List.copyOf(channels);
        bandLevelsDbfs = List.copyOf(bandLevelsDbfs);
        requireNonNull(momentaryLufs, "momentaryLufs");
        requireNonNull(shortTermLufs, "shortTermLufs");
        requireNonNull(stereoCorrelation, "stereoCorrelation");
        requireNonNull(momentaryMaxLufs, "momentaryMaxLufs");
        requireNonNull(shortTermMaxLufs, "shortTermMaxLufs");
        if (bandLevelsDbfs.size() != OctaveBand.values().length) {
            throw new IllegalArgumentException("A frame has one level per octave band (" + OctaveBand.values().length
                    + "), not " + bandLevelsDbfs.size());
        }
    }
}
