package io.ag06.analytics.audio;

import java.util.Arrays;
import java.util.Random;

/** Sounds for the tests. */
final class Tone {
    private Tone() {}

    /** A sine from phase 0. */
    static double[] sine(double frequencyHz, double amplitude, int sampleRateHz, int samples) {
        return sine(frequencyHz, amplitude, 0, sampleRateHz, samples);
    }

    static double[] sine(double frequencyHz, double amplitude, double phase, int sampleRateHz, int samples) {
        double[] sound = new double[samples];
        for (int n = 0; n < samples; n++) {
            sound[n] = amplitude * Math.sin(phase + 2 * Math.PI * frequencyHz * n / sampleRateHz);
        }
        return sound;
    }

    /** White noise, evenly distributed over plus and minus the amplitude: its RMS is the amplitude over root three. */
    static double[] noise(long seed, double amplitude, int samples) {
        return new Random(seed)
                .doubles(samples, -amplitude, Math.nextUp(amplitude))
                .toArray();
    }

    static double[] scaled(double[] sound, double factor) {
        double[] scaled = sound.clone();
        for (int n = 0; n < scaled.length; n++) {
            scaled[n] *= factor;
        }
        return scaled;
    }

    static double[] sum(double[] a, double[] b) {
        double[] sum = a.clone();
        for (int n = 0; n < sum.length; n++) {
            sum[n] += b[n];
        }
        return sum;
    }

    static double[] constant(double value, int samples) {
        double[] sound = new double[samples];
        Arrays.fill(sound, value);
        return sound;
    }
}
