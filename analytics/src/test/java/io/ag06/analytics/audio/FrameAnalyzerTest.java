package io.ag06.analytics.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameAnalyzerTest {
    private static final int RATE = 48_000;
    private static final int FRAME = 4_800;
    private static final SampleFormat PCM_24 = SampleFormat.integer(24);

    @Test
    void aFullScaleSineHasAnRmsOfMinusThreeAndAPeakOfZero() {
        ChannelLevels levels =
                mono(Tone.sine(1_000, 1.0, RATE, FRAME)).channels().get(0);

        assertThat(levels.rmsDbfs()).isCloseTo(-3.0103, within(1e-4));
        assertThat(levels.samplePeakDbfs()).isCloseTo(0.0, within(1e-9));
        assertThat(levels.dcOffset()).isCloseTo(0.0, within(1e-12));
        assertThat(levels.truePeakDbtp()).isEmpty();
    }

    @Test
    void aFullScaleSquareWaveIsAtZeroDbfs() {
        double[] square = new double[FRAME];
        for (int n = 0; n < FRAME; n++) {
            square[n] = n % 48 < 24 ? 1 : -1;
        }

        assertThat(mono(square).channels().get(0).rmsDbfs()).isCloseTo(0.0, within(1e-12));
    }

    @Test
    void digitalSilenceIsAtTheFloor() {
        FrameLevels levels = stereo(new double[FRAME], new double[FRAME]);

        assertThat(levels.channels()).allSatisfy(channel -> {
            assertThat(channel.rmsDbfs()).isEqualTo(-120.0);
            assertThat(channel.samplePeakDbfs()).isEqualTo(-120.0);
        });
        assertThat(levels.bandLevelsDbfs()).isEqualTo(Collections.nCopies(10, -120.0));
        assertThat(levels.spectralCentroidHz()).isZero();
        assertThat(levels.stereoCorrelation()).isEmpty();
        assertThat(levels.silent()).isTrue();
    }

    @Test
    void theRmsTakesInADirectCurrent() {
        ChannelLevels levels = mono(Tone.constant(-0.5, FRAME)).channels().get(0);

        assertThat(levels.dcOffset()).isCloseTo(-0.5, within(1e-12));
        assertThat(levels.rmsDbfs()).isCloseTo(-6.0206, within(1e-4));
    }

    @Test
    void aFrameIsSilentOnlyIfEveryChannelIsBelowTheThreshold() {
        double[] belowMinus60 = Tone.sine(440, 0.001 * Math.sqrt(2) * 0.99, RATE, FRAME);
        double[] aboveMinus60 = Tone.sine(440, 0.001 * Math.sqrt(2) * 1.01, RATE, FRAME);

        assertThat(stereo(belowMinus60, belowMinus60).silent()).isTrue();
        assertThat(stereo(belowMinus60, aboveMinus60).silent()).isFalse();
        assertThat(stereo(aboveMinus60, aboveMinus60).silent()).isFalse();
    }

    @Test
    void theSilenceThresholdIsASetting() {
        var analyzer = new FrameAnalyzer(RATE, 1, -20.0);

        assertThat(analyzer.measure(channels(Tone.sine(440, 0.1, RATE, FRAME)), FRAME, PCM_24)
                        .silent())
                .isTrue();
        assertThat(analyzer.measure(channels(Tone.sine(440, 0.2, RATE, FRAME)), FRAME, PCM_24)
                        .silent())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 24, 32})
    void theHighestValueOfAnIntegerIsClippedAndTheOneBelowIsNot(int bits) {
        double step = Math.scalb(1.0, 1 - bits);
        double[] sound = {1 - step, 1 - 2 * step, -1, -1 + step, -1 + 2 * step, 0};

        long clipped = new FrameAnalyzer(RATE, 1, -60)
                .measure(channels(sound), sound.length, SampleFormat.integer(bits))
                .channels()
                .get(0)
                .clippedSamples();

        assertThat(clipped).isEqualTo(3);
    }

    @Test
    void floatingPointClipsFromFullScale() {
        double[] sound = {1.0, -1.0, 1.2, Math.nextDown(1.0f), 0};

        ChannelLevels levels = new FrameAnalyzer(RATE, 1, -60)
                .measure(channels(sound), sound.length, SampleFormat.floatingPoint(32))
                .channels()
                .get(0);

        assertThat(levels.clippedSamples()).isEqualTo(3);
        assertThat(levels.samplePeakDbfs()).isCloseTo(1.5836, within(1e-4));
    }

    @Test
    void correlationTellsHowFarLeftAndRightGoTogether() {
        double[] left = Tone.sine(1_000, 0.5, RATE, FRAME);

        assertThat(stereo(left, Tone.scaled(left, 0.3)).stereoCorrelation().getAsDouble())
                .isCloseTo(1, within(1e-12));
        assertThat(stereo(left, Tone.scaled(left, -2)).stereoCorrelation().getAsDouble())
                .isCloseTo(-1, within(1e-12));
        assertThat(stereo(left, Tone.sine(1_000, 0.5, Math.PI / 2, RATE, FRAME))
                        .stereoCorrelation()
                        .getAsDouble())
                .isCloseTo(0, within(1e-12));
        assertThat(stereo(left, Tone.sine(1_000, 0.5, Math.PI / 3, RATE, FRAME))
                        .stereoCorrelation()
                        .getAsDouble())
                .isCloseTo(0.5, within(1e-12));
    }

    @Test
    void correlationHasNoAnswerForMonoASilentOrAConstantChannel() {
        double[] sound = Tone.sine(1_000, 0.5, RATE, FRAME);

        assertThat(mono(sound).stereoCorrelation()).isEmpty();
        assertThat(stereo(sound, Tone.scaled(sound, 1e-4)).stereoCorrelation()).isEmpty();
        assertThat(stereo(sound, Tone.constant(0.1, FRAME)).stereoCorrelation()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1000, 48000", "440, 44100", "3150, 192000", "1000, 8000", "10000, 96000"})
    void theCentroidOfASineIsItsFrequency(double frequencyHz, int rate) {
        int frame = FrameAnalyzer.frameSamples(rate);
        FrameLevels levels = new FrameAnalyzer(rate, 1, -60)
                .measure(channels(Tone.sine(frequencyHz, 0.5, rate, frame)), frame, PCM_24);

        assertThat(levels.spectralCentroidHz()).isCloseTo(frequencyHz, within(frequencyHz / 100));
    }

    @ParameterizedTest
    @EnumSource(names = {"HZ_125", "HZ_250", "HZ_500", "HZ_1000", "HZ_2000", "HZ_4000", "HZ_8000", "HZ_16000"})
    void aSineReadsItsLevelInItsBand(OctaveBand band) {
        double middle = Math.sqrt(band.lowerEdgeHz() * band.upperEdgeHz());
        double level =
                mono(Tone.sine(middle, 0.5, RATE, FRAME)).bandLevelsDbfs().get(band.index());

        assertThat(level).isCloseTo(-9.0309, within(0.02));
    }

    @ParameterizedTest
    @EnumSource(names = {"HZ_31_5", "HZ_63"})
    void theLowestBandsMayMissWhatTenHertzOfResolutionCostThem(OctaveBand band) {
        double middle = Math.sqrt(band.lowerEdgeHz() * band.upperEdgeHz());
        double level =
                mono(Tone.sine(middle, 0.5, RATE, FRAME)).bandLevelsDbfs().get(band.index());

        assertThat(level).isBetween(-9.0309 - 0.8, -9.0309 + 0.1);
    }

    @Test
    void aSineAtHalfTheRateCountsOnce() {
        double[] alternating = new double[800];
        for (int n = 0; n < alternating.length; n++) {
            alternating[n] = n % 2 == 0 ? 0.5 : -0.5;
        }
        FrameLevels levels =
                new FrameAnalyzer(8_000, 1, -60).measure(channels(alternating), alternating.length, PCM_24);

        assertThat(levels.bandLevelsDbfs().get(OctaveBand.HZ_4000.index())).isCloseTo(-6.0206, within(1e-3));
        assertThat(levels.spectralCentroidHz()).isCloseTo(4_000, within(10.0));
    }

    @Test
    void bandsAboveHalfTheRateAreAtTheFloor() {
        FrameLevels levels = new FrameAnalyzer(8_000, 1, -60).measure(channels(Tone.noise(1, 0.5, 800)), 800, PCM_24);

        assertThat(levels.bandLevelsDbfs().subList(0, 8))
                .allSatisfy(level -> assertThat(level).isGreaterThan(-60));
        assertThat(levels.bandLevelsDbfs().subList(8, 10)).containsOnly(-120.0);
    }

    @Test
    void oppositeChannelsHaveLevelsButNoMix() {
        double[] left = Tone.noise(2, 0.5, FRAME);
        FrameLevels levels = stereo(left, Tone.scaled(left, -1));

        assertThat(levels.silent()).isFalse();
        assertThat(levels.bandLevelsDbfs()).containsOnly(-120.0);
        assertThat(levels.spectralCentroidHz()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 211, 1_103, 4_799})
    void aShortFrameIsMeasuredToo(int samples) {
        FrameLevels levels = mono(Tone.constant(0.5, samples));

        assertThat(levels.frameSamples()).isEqualTo(samples);
        assertThat(levels.channels().get(0).rmsDbfs()).isCloseTo(-6.0206, within(1e-4));
        assertThat(levels.spectralCentroidHz()).isFinite().isNotNegative();
        assertThat(levels.bandLevelsDbfs())
                .allSatisfy(level -> assertThat(level).isBetween(-120.0, 0.0));
    }

    @Test
    void anyRateFromEightToAHundredAndNinetyTwoKilohertzHasTenFramesASecond() {
        assertThat(FrameAnalyzer.frameSamples(8_000)).isEqualTo(800);
        assertThat(FrameAnalyzer.frameSamples(11_025)).isEqualTo(1_102);
        assertThat(FrameAnalyzer.frameSamples(44_100)).isEqualTo(4_410);
        assertThat(FrameAnalyzer.frameSamples(192_000)).isEqualTo(19_200);
    }

    @Test
    void aFrameThatDoesNotFitTheStreamIsRefused() {
        var analyzer = new FrameAnalyzer(RATE, 2, -60);

        assertThatThrownBy(() -> analyzer.measure(channels(new double[FRAME]), FRAME, PCM_24))
                .hasMessageContaining("2 channels");
        assertThatThrownBy(() -> analyzer.measure(channels(new double[FRAME], new double[FRAME]), 0, PCM_24))
                .hasMessageContaining("1 to 4800 samples, not 0");
    }

    private static FrameLevels mono(double[] samples) {
        return new FrameAnalyzer(RATE, 1, FrameAnalyzer.SILENCE_DBFS)
                .measure(channels(samples), samples.length, PCM_24);
    }

    private static FrameLevels stereo(double[] left, double[] right) {
        return new FrameAnalyzer(RATE, 2, FrameAnalyzer.SILENCE_DBFS)
                .measure(channels(left, right), left.length, PCM_24);
    }

    private static double[][] channels(double[]... channels) {
        return channels;
    }
}
