package io.ag06.agent.capture;

import io.ag06.analytics.audio.SampleFormat;
import java.util.Random;

/**
 * A built-in programme without end, 48 kHz, stereo, 24 bits: speech-like bursts, a tone, noise that falls off towards
 * high frequencies, and silence, in stretches of one to five seconds; now and then a burst is too loud and clips. It
 * depends on the seed alone, not on the sizes in which it is read.
 */
final class SyntheticProgramme implements SampleStream {
    static final int SAMPLE_RATE_HZ = 48_000;

    private static final SampleFormat FORMAT = SampleFormat.integer(24);
    private static final double FULL_SCALE = 1 << 23;

    private final Random random;
    private Stretch stretch;
    private int samplesLeft;

    SyntheticProgramme(long seed) {
        this.random = new Random(seed);
        begin();
    }

    @Override
    public int sampleRateHz() {
        return SAMPLE_RATE_HZ;
    }

    @Override
    public int channelCount() {
        return 2;
    }

    @Override
    public SampleFormat format() {
        return FORMAT;
    }

    @Override
    public int read(double[][] into, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            if (samplesLeft == 0) {
                begin();
            }
            samplesLeft--;
            double sample = stretch.next();
            // A microphone's own noise, apart for each channel, at -70 dBFS: a bus is never quite still, nor quite
            // mono.
            double room = stretch instanceof Silence ? 0 : 3e-4;
            into[0][i] = quantised(sample * (1 - stretch.pan) + room * random.nextGaussian());
            into[1][i] = quantised(sample * stretch.pan + room * random.nextGaussian());
        }
        return count;
    }

    private void begin() {
        samplesLeft = SAMPLE_RATE_HZ + random.nextInt(4 * SAMPLE_RATE_HZ);
        stretch = switch (random.nextInt(6)) {
            case 0, 1, 2 -> new Speech();
            case 3 -> new SteadyTone();
            case 4 -> new FallingNoise();
            default -> new Silence();
        };
    }

    /** To the nearest step of 24 bits; beyond the ends it clips, as a converter does. */
    private static double quantised(double sample) {
        return Math.max(-FULL_SCALE, Math.min(FULL_SCALE - 1, Math.rint(sample * FULL_SCALE))) / FULL_SCALE;
    }

    @Override
    public void close() {
        // Nothing is held open.
    }

    /** One kind of sound for a while. */
    private abstract class Stretch {
        /** Share that goes to the right channel. */
        final double pan = 0.3 + 0.4 * random.nextDouble();

        abstract double next();
    }

    private final class Silence extends Stretch {
        @Override
        double next() {
            return 0;
        }
    }

    private final class SteadyTone extends Stretch {
        private final double step = 2 * Math.PI * (220 << random.nextInt(4)) / SAMPLE_RATE_HZ;
        private final double amplitude = 0.1 + 0.4 * random.nextDouble();
        private double phase;

        @Override
        double next() {
            phase += step;
            return amplitude * Math.sin(phase);
        }
    }

    /** White noise through three one-pole low-passes an octave and a half apart: about 3 dB less each octave. */
    private final class FallingNoise extends Stretch {
        private final double amplitude = 0.05 + 0.1 * random.nextDouble();
        private double low;
        private double middle;
        private double high;

        @Override
        double next() {
            double white = random.nextGaussian();
            low += 0.01 * (white - low);
            middle += 0.1 * (white - middle);
            high += 0.6 * (white - high);
            return amplitude * (4 * low + middle + 0.3 * high);
        }
    }

    /** Syllables of a voice: harmonics of a falling pitch under a rounded envelope, with pauses between words. */
    private final class Speech extends Stretch {
        private static final int HARMONICS = 12;

        private final double voiceHz = 95 + 120 * random.nextDouble();
        private double phase;
        private double amplitude;
        private double formant;
        private int syllableSamples;
        private int position;

        @Override
        double next() {
            if (position == syllableSamples) {
                syllable();
            }
            double through = (double) position++ / syllableSamples;
            phase += 2 * Math.PI * voiceHz * (1.1 - 0.2 * through) / SAMPLE_RATE_HZ;
            if (amplitude == 0) {
                return 0;
            }
            double voice = 0;
            for (int harmonic = 1; harmonic <= HARMONICS; harmonic++) {
                double fromFormant = (harmonic - formant) / 2;
                voice += Math.sin(harmonic * phase) * (1.0 / harmonic + Math.exp(-fromFormant * fromFormant)) / 3;
            }
            double envelope = Math.sin(Math.PI * through);
            return amplitude * envelope * voice;
        }

        private void syllable() {
            position = 0;
            syllableSamples = SAMPLE_RATE_HZ / 10 + random.nextInt(SAMPLE_RATE_HZ / 5);
            formant = 2 + 8 * random.nextDouble();
            double kind = random.nextDouble();
            if (kind < 0.2) {
                amplitude = 0;
            } else if (kind < 0.97) {
                amplitude = 0.1 + 0.4 * random.nextDouble();
            } else {
                amplitude = 3;
            }
        }
    }
}
