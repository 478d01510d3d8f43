package io.ag06.analytics.audio;

import java.util.Arrays;
import java.util.List;
import org.jtransforms.fft.DoubleFFT_1D;

/**
 * Spectrum of a stretch of sound of N samples at rate R Hz, seen through a Hann window.
 *
 * <p>With window w[n] = sin^2(pi (n + 1/2) / N) and transform X[k] of w[n] x[n], bin k stands for the frequencies from
 * (k - 1/2) R/N to (k + 1/2) R/N (cut at 0 and R/2) and has the power
 *
 * <pre>P[k] = c |X[k]|^2 / (N sum of w^2),   c = 2, but 1 at k = 0 and k = N/2</pre>
 *
 * so that the bins' sum is the mean square of x weighted by w^2 (Parseval): a sine reads its mean square whatever its
 * frequency, and steady sound reads its own within the scatter of that weighting (0.5 dB for noise of 100 ms). A band
 * has the power of its bins, of those across an edge the share that lies inside; that keeps the sum exact, and makes
 * levels meaningful where a short frame's bins are wider than a band. A sine closer to a band's edge than 2 R/N is
 * shared with the neighbour.
 *
 * <p>The window is sampled at half steps, so that it has no zeros and serves any N from 1. Not thread-safe: it keeps
 * its working array.
 */
final class HannSpectrum {
    private final int length;
    private final double binWidthHz;
    private final double[] window;
    private final double powerScale;
    private final List<BandBins> bands;
    private final DoubleFFT_1D transform;
    private final double[] bins;

    /**
     * Prepares for stretches of one length.
     *
     * @param length samples, at least 1
     * @param sampleRateHz at least 1
     */
    HannSpectrum(int length, int sampleRateHz) {
        this.length = length;
        this.binWidthHz = (double) sampleRateHz / length;
        this.window = new double[length];
        double sumOfSquares = 0;
        for (int n = 0; n < length; n++) {
            double sine = Math.sin(Math.PI * (n + 0.5) / length);
            window[n] = sine * sine;
            sumOfSquares += window[n] * window[n];
        }
        this.powerScale = 1.0 / (length * sumOfSquares);
        this.bands = Arrays.stream(OctaveBand.values())
                .map(band -> new BandBins(band, length, binWidthHz))
                .toList();
        this.transform = new DoubleFFT_1D(length);
        this.bins = new double[length];
    }

    int length() {
        return length;
    }

    /**
     * Measures one stretch.
     *
     * @param samples scaled to -1..1; the first N are read
     */
    Reading measure(double[] samples) {
        for (int n = 0; n < length; n++) {
            bins[n] = samples[n] * window[n];
        }
        transform.realForward(bins);
        toPowers();

        double amplitudes = 0;
        double moment = 0;
        for (int k = 0; k <= length / 2; k++) {
            // The factor of two belongs to power, not to the amplitude of one bin.
            double amplitude = Math.sqrt(bins[k] / sidesOf(k));
            amplitudes += amplitude;
            moment += amplitude * k * binWidthHz;
        }
        return new Reading(
                amplitudes == 0 ? 0 : moment / amplitudes,
                bands.stream().map(band -> Decibels.ofPower(band.power(bins))).toList());
    }

    /**
     * Replaces the packed transform by P[k] in place: JTransforms puts the real part of bin k at 2k and the imaginary
     * part at 2k + 1, except that index 1 holds the real part of bin N/2 (N even), or the imaginary part of the last
     * bin (N odd), whose real part is at N - 1.
     */
    private void toPowers() {
        int last = length / 2;
        double second = length > 1 ? bins[1] : 0;
        double lastReal = length % 2 == 0 ? second : bins[length - 1];
        double lastImaginary = length % 2 == 0 ? 0 : second;
        bins[0] = powerScale * bins[0] * bins[0];
        for (int k = 1; k < last; k++) {
            double real = bins[2 * k];
            double imaginary = bins[2 * k + 1];
            bins[k] = powerScale * 2 * (real * real + imaginary * imaginary);
        }
        if (last > 0) {
            bins[last] = powerScale * sidesOf(last) * (lastReal * lastReal + lastImaginary * lastImaginary);
        }
    }

    /** How many of the two sides of the spectrum bin k stands for. */
    private int sidesOf(int k) {
        return k == 0 || 2 * k == length ? 1 : 2;
    }

    /**
     * What is read from a spectrum.
     *
     * @param centroidHz sum of k R/N |X[k]| over sum of |X[k]|, k = 0..N/2; 0 for digital silence
     * @param bandLevelsDbfs level of each octave band, in the order of {@link OctaveBand}, dBFS
     */
    record Reading(double centroidHz, List<Double> bandLevelsDbfs) {}

    /** The bins of one band, and which share of each lies inside; none where the band is above R/2. */
    private static final class BandBins {
        private final int firstBin;
        private final double[] shares;

        BandBins(OctaveBand band, int length, double binWidthHz) {
            double lowerEdge = band.lowerEdgeHz() / binWidthHz;
            double upperEdge = band.upperEdgeHz() / binWidthHz;
            // Bin k reaches from k - 1/2 to k + 1/2, so that an edge lies in the bin it rounds to.
            int lastBin = (int) Math.min(length / 2, Math.round(upperEdge));
            this.firstBin = (int) Math.min(lastBin + 1L, Math.round(lowerEdge));
            this.shares = new double[lastBin - firstBin + 1];
            for (int i = 0; i < shares.length; i++) {
                double from = Math.max(0, firstBin + i - 0.5);
                double to = Math.min(length / 2.0, firstBin + i + 0.5);
                shares[i] = Math.max(0, Math.min(to, upperEdge) - Math.max(from, lowerEdge)) / (to - from);
            }
        }

        double power(double[] powers) {
            double sum = 0;
            for (int i = 0; i < shares.length; i++) {
                sum += shares[i] * powers[firstBin + i];
            }
            return sum;
        }
    }
}
