package io.ag06.analytics.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class FrameAnalyzerPropertyTest {
    private static final SampleFormat PCM_24 = SampleFormat.integer(24);
    private static final int[] RATES = {8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 88_200, 96_000, 176_400, 192_000
    };

    @Property(tries = 60)
    void aGainShiftsEveryLevelByItself(
            @ForAll long seed,
            @ForAll @DoubleRange(min = -40, max = 0) double gainDb,
            @ForAll @IntRange(max = 9) int rate) {
        double[] sound = sound(seed, RATES[rate]);
        FrameLevels before = measure(RATES[rate], sound);
        FrameLevels after = measure(RATES[rate], Tone.scaled(sound, Math.pow(10, gainDb / 20)));

        assertThat(after.channels().get(0).rmsDbfs())
                .isCloseTo(before.channels().get(0).rmsDbfs() + gainDb, within(1e-9));
        assertThat(after.channels().get(0).samplePeakDbfs())
                .isCloseTo(before.channels().get(0).samplePeakDbfs() + gainDb, within(1e-9));
        assertThat(after.spectralCentroidHz()).isCloseTo(before.spectralCentroidHz(), within(1e-6));
        for (int band = 0; band < 10; band++) {
            double expected = Math.max(-120, before.bandLevelsDbfs().get(band) + gainDb);
            if (before.bandLevelsDbfs().get(band) > -120) {
                assertThat(after.bandLevelsDbfs().get(band)).isCloseTo(expected, within(1e-6));
            }
        }
    }

    @Property(tries = 60)
    void swappingTheChannelsSwapsTheirLevelsAndNothingElse(
            @ForAll long seed, @ForAll @DoubleRange(min = 0.01, max = 1) double balance) {
        double[] left = sound(seed, 48_000);
        double[] right = Tone.scaled(sound(~seed, 48_000), balance);
        FrameLevels levels = measure(48_000, left, right);
        FrameLevels swapped = measure(48_000, right, left);

        assertThat(swapped.channels())
                .containsExactly(levels.channels().get(1), levels.channels().get(0));
        assertThat(swapped.stereoCorrelation().getAsDouble())
                .isCloseTo(levels.stereoCorrelation().getAsDouble(), within(1e-12));
        assertThat(swapped.bandLevelsDbfs()).isEqualTo(levels.bandLevelsDbfs());
        assertThat(swapped.spectralCentroidHz()).isEqualTo(levels.spectralCentroidHz());
    }

    @Property(tries = 100)
    void correlationLiesBetweenMinusOneAndOne(
            @ForAll long seed,
            @ForAll @DoubleRange(min = -1, max = 1) double common,
            @ForAll @IntRange(min = 2, max = 4_800) int samples) {
        double[] left = Tone.noise(seed, 0.5, samples);
        double[] right = Tone.sum(Tone.scaled(left, common), Tone.noise(~seed, 1e-9 + 0.4 * Math.abs(common), samples));

        measure(48_000, left, right)
                .stereoCorrelation()
                .ifPresent(correlation -> assertThat(correlation).isBetween(-1.0, 1.0));
    }

    @Property(tries = 60)
    void theBandsOfNoiseInsideThemAddUpToItsMeanSquare(
            @ForAll long seed, @ForAll @IntRange(min = 4, max = 9) int rate) {
        double[] sound = new double[FrameAnalyzer.frameSamples(RATES[rate])];
        var random = new java.util.Random(seed);
        for (int tone = 0; tone < 200; tone++) {
            // Between the lowest band's lower edge and the highest one's upper edge, away from both.
            double frequency = 60 * Math.pow(20_000 / 60.0, random.nextDouble());
            sound = Tone.sum(
                    sound, Tone.sine(frequency, 0.005, random.nextDouble() * 2 * Math.PI, RATES[rate], sound.length));
        }
        FrameLevels levels = measure(RATES[rate], sound);
        double sumOfPowers = levels.bandLevelsDbfs().stream()
                .mapToDouble(level -> Math.pow(10, level / 10))
                .sum();

        // The window weighs the frame's middle, so that unsteady sound differs; this bounds it for 200 tones.
        assertThat(10 * Math.log10(sumOfPowers))
                .isCloseTo(levels.channels().get(0).rmsDbfs(), within(1.5));
    }

    @Property(tries = 60)
    void theBandsOfASineAddUpToItsMeanSquare(
            @ForAll @DoubleRange(min = 60, max = 18_000) double frequencyHz,
            @ForAll @DoubleRange(min = 0, max = 6.28) double phase) {
        double[] sound = Tone.sine(frequencyHz, 0.5, phase, 48_000, 4_800);
        double sumOfPowers = measure(48_000, sound).bandLevelsDbfs().stream()
                .mapToDouble(level -> Math.pow(10, level / 10))
                .sum();

        assertThat(10 * Math.log10(sumOfPowers)).isCloseTo(-9.0309, within(0.05));
    }

    @Property(tries = 40)
    void theOrderOfFramesDoesNotMatterForLevels(@ForAll long seed) {
        var analyzer = new FrameAnalyzer(48_000, 1, -60);
        double[][] first = {sound(seed, 48_000)};
        double[][] second = {sound(~seed, 48_000)};

        FrameLevels alone = analyzer.measure(first, 4_800, PCM_24);
        analyzer.measure(second, 4_800, PCM_24);

        assertThat(analyzer.measure(first, 4_800, PCM_24)).isEqualTo(alone);
    }

    private static double[] sound(long seed, int rate) {
        int frame = FrameAnalyzer.frameSamples(rate);
        return Tone.sum(Tone.noise(seed, 0.3, frame), Tone.sine(rate / 20.0, 0.5, rate, frame));
    }

    private static FrameLevels measure(int rate, double[]... channels) {
        return new FrameAnalyzer(rate, channels.length, -60).measure(channels, channels[0].length, PCM_24);
    }
}
