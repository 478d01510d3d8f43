package io.ag06.analytics.audio;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Measures one stream frame by frame: {@link #measure} is given its frames in order. Loudness and true peak are not
 * measured: they are empty.
 *
 * <p>With samples x scaled to -1..1 and sums over the n samples of a channel's frame:
 *
 * <ul>
 *   <li>RMS = 10 log10(sum of x^2 / n), peak = 20 log10(max |x|), both at least {@link Decibels#FLOOR_DBFS}
 *   <li>DC offset = sum of x / n
 *   <li>clipped = samples with |x| at or above {@link SampleFormat#clippingMagnitude()}
 *   <li>stereo correlation = Pearson's, of exactly two channels, neither of them silent or constant; else empty
 *   <li>centroid and octave bands: of the mean of all channels, through a Hann window ({@link HannSpectrum} has the
 *       formulas); a band above half the sampling rate is at the floor
 *   <li>silent: the RMS of every channel is below the threshold
 * </ul>
 *
 * <p>Not thread-safe: it keeps its working arrays.
 */
public final class FrameAnalyzer {
    /** The silence threshold unless another one is set, dBFS. */
    public static final double SILENCE_DBFS = -60.0;

    /** Frames in a second: a frame is 100 ms. */
    public static final int FRAMES_PER_SECOND = 10;

    private final int sampleRateHz;
    private final int channelCount;
    private final double silenceDbfs;
    private final HannSpectrum wholeFrame;
    private final double[] mix;

    /**
     * Prepares for one stream.
     *
     * @param sampleRateHz at least {@value #FRAMES_PER_SECOND}
     * @param channelCount at least 1
     * @param silenceDbfs channels with an RMS below are silent, dBFS
     */
    public FrameAnalyzer(int sampleRateHz, int channelCount, double silenceDbfs) {
        if (channelCount < 1) {
            throw new IllegalArgumentException("channelCount must be at least 1, was " + channelCount);
        }
        this.sampleRateHz = sampleRateHz;
        this.channelCount = channelCount;
        this.silenceDbfs = silenceDbfs;
        int frameSamples = frameSamples(sampleRateHz);
        this.wholeFrame = new HannSpectrum(frameSamples, sampleRateHz);
        this.mix = new double[frameSamples];
    }

    /**
     * Samples per channel in a whole frame: a tenth of the rate, rounded down where the rate is not divisible by ten.
     *
     * @param sampleRateHz at least {@value #FRAMES_PER_SECOND}
     */
    public static int frameSamples(int sampleRateHz) {
        if (sampleRateHz < FRAMES_PER_SECOND) {
            throw new IllegalArgumentException(
                    "sampleRateHz must be at least " + FRAMES_PER_SECOND + ", was " + sampleRateHz);
        }
        return sampleRateHz / FRAMES_PER_SECOND;
    }

    /**
     * Measures the stream's next frame.
     *
     * @param channels samples of each channel, scaled to -1..1 (floating-point sound may exceed that); finite numbers
     * @param frameSamples how many of each array are the frame: 1 to a whole frame's
     * @param format how they were represented; where a frame holds several formats, the one of the fewest bits
     */
    public FrameLevels measure(double[][] channels, int frameSamples, SampleFormat format) {
        if (channels.length != channelCount) {
            throw new IllegalArgumentException(
                    "The stream has " + channelCount + " channels, the frame " + channels.length);
        }
        if (frameSamples < 1 || frameSamples > mix.length) {
            throw new IllegalArgumentException("A frame has 1 to " + mix.length + " samples, not " + frameSamples);
        }
        List<ChannelLevels> levels = new ArrayList<>(channelCount);
        boolean anySilent = false;
        boolean allSilent = true;
        for (double[] samples : channels) {
            ChannelLevels level = measureChannel(samples, frameSamples, format.clippingMagnitude());
            boolean silent = level.rmsDbfs() < silenceDbfs;
            anySilent |= silent;
            allSilent &= silent;
            levels.add(level);
        }
        HannSpectrum.Reading spectrum = measureMix(channels, frameSamples);
        return new FrameLevels(
                sampleRateHz,
                frameSamples,
                levels,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                channelCount != 2 || anySilent
                        ? OptionalDouble.empty()
                        : correlation(channels[0], channels[1], frameSamples),
                spectrum.centroidHz(),
                spectrum.bandLevelsDbfs(),
                allSilent,
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    private ChannelLevels measureChannel(double[] samples, int n, double clippingMagnitude) {
        double sum = 0;
        double sumOfSquares = 0;
        double peak = 0;
        long clipped = 0;
        for (int i = 0; i < n; i++) {
            double sample = samples[i];
            double magnitude = Math.abs(sample);
            sum += sample;
            sumOfSquares += sample * sample;
            peak = Math.max(peak, magnitude);
            if (magnitude >= clippingMagnitude) {
                clipped++;
            }
        }
        return new ChannelLevels(
                Decibels.ofPower(sumOfSquares / n),
                Decibels.ofMagnitude(peak),
                OptionalDouble.empty(),
                clipped,
                sum / n);
    }

    private HannSpectrum.Reading measureMix(double[][] channels, int n) {
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (double[] samples : channels) {
                sum += samples[i];
            }
            mix[i] = sum / channelCount;
        }
        // Only the last frame of a stream is short, so that one is worth no cache.
        HannSpectrum spectrum = n == wholeFrame.length() ? wholeFrame : new HannSpectrum(n, sampleRateHz);
        return spectrum.measure(mix);
    }

    private static OptionalDouble correlation(double[] left, double[] right, int n) {
        double leftMean = mean(left, n);
        double rightMean = mean(right, n);
        double leftSquares = 0;
        double rightSquares = 0;
        double products = 0;
        for (int i = 0; i < n; i++) {
            double l = left[i] - leftMean;
            double r = right[i] - rightMean;
            leftSquares += l * l;
            rightSquares += r * r;
            products += l * r;
        }
        if (isRounding(leftSquares / n, leftMean) || isRounding(rightSquares / n, rightMean)) {
            return OptionalDouble.empty();
        }
        double correlation = products / Math.sqrt(leftSquares) / Math.sqrt(rightSquares);
        return OptionalDouble.of(Math.max(-1.0, Math.min(1.0, correlation)));
    }

    /**
     * Whether a variance is nothing but the rounding of a constant's mean: that is below 1e-24 of its square, while a
     * single step of 32 bits in a frame at 192 kHz is ten times as much.
     */
    private static boolean isRounding(double variance, double mean) {
        return variance <= 1e-24 * mean * mean;
    }

    private static double mean(double[] samples, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += samples[i];
        }
        return sum / n;
    }
}
