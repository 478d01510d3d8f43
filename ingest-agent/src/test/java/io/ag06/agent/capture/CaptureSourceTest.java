package io.ag06.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ag06.analytics.audio.FrameLevels;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureSourceTest {
    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();

    @Test
    void theCommandLineNamesASource() {
        assertThat(CaptureSource.parse("wav:a.wav,dir/b.wav"))
                .isEqualTo(new CaptureSource.WavFiles(List.of(Path.of("a.wav"), Path.of("dir/b.wav"))));
        assertThat(CaptureSource.parse("live")).isEqualTo(new CaptureSource.Live(Optional.empty()));
        assertThat(CaptureSource.parse("live:AG06")).isEqualTo(new CaptureSource.Live(Optional.of("AG06")));
        assertThat(CaptureSource.parse("live:hw:1,0")).isEqualTo(new CaptureSource.Live(Optional.of("hw:1,0")));
        assertThat(CaptureSource.parse("synthetic:-7")).isEqualTo(new CaptureSource.Synthetic(-7));
        assertThat(CaptureSource.parse("synthetic")).isEqualTo(CaptureSource.parse("synthetic:6"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wav", "wav:", "wav:a.wav,", "mp3:a", "synthetic:x"})
    void anythingElseIsRefusedInOneLine(String text) {
        assertThatThrownBy(() -> CaptureSource.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--source")
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("expected");
    }

    @Test
    void atRealTimeAFrameIsThereWhenItsLastSampleHasBeenPlayed() throws Exception {
        Path file = sine("a.wav", 48_000, 12_000);

        List<CapturedFrame> frames =
                pull(List.of(file), CaptureSettings.realTime().withFrames(3));

        assertThat(frames).extracting(CapturedFrame::sequence).containsExactly(0L, 1L, 2L);
        assertThat(frames)
                .extracting(CapturedFrame::eventTime)
                .containsExactly(ManualClock.START, after("PT0.1S"), after("PT0.2S"));
        assertThat(frames)
                .extracting(CapturedFrame::lastSampleNanos)
                .containsExactly(
                        ManualClock.START_NANOS + 100_000_000,
                        ManualClock.START_NANOS + 200_000_000,
                        ManualClock.START_NANOS + 300_000_000);
        assertThat(clock.waits()).containsOnly(Duration.ofMillis(100));
    }

    @Test
    void fastEventTimesEndNowAndNobodyWaits() throws Exception {
        Path file = sine("a.wav", 48_000, 12_000);

        List<CapturedFrame> frames = pull(List.of(file), CaptureSettings.fast());

        assertThat(frames)
                .extracting(CapturedFrame::eventTime)
                .containsExactly(after("PT-0.25S"), after("PT-0.15S"), after("PT-0.05S"));
        assertThat(frames).extracting(frame -> frame.levels().frameSamples()).containsExactly(4_800, 4_800, 2_400);
        assertThat(clock.waits()).isEmpty();
    }

    @Test
    void filesPlayInTurnAndRepeatAsOneStream() throws Exception {
        Path loud = sine("loud.wav", 8_000, 1_200);
        Path quiet = Wav.of(Wav.Encoding.PCM_24, 8_000, Wav.sine(500, 0.001, 8_000, 400))
                .to(folder.resolve("quiet.wav"));

        List<CapturedFrame> frames =
                pull(List.of(loud, quiet), CaptureSettings.fast().withFrames(4));

        assertThat(frames).extracting(frame -> frame.levels().frameSamples()).containsOnly(800);
        assertThat(frames).extracting(CapturedFrame::streamId).containsOnly("stream-1");
        // Loud, half loud and half quiet, and again.
        assertThat(frames)
                .extracting(frame -> Math.round(frame.levels().channels().get(0).rmsDbfs() * 10))
                .containsExactly(-90L, -120L, -90L, -120L);
        assertThat(frames.get(3).eventTime()).isEqualTo(after("PT-0.1S"));
    }

    @Test
    void filesOfOneStreamMayDifferInBitsAndEachClipsByItsOwn() throws Exception {
        double[] justBelowFullScale = new double[800];
        justBelowFullScale[0] = 1 - Math.scalb(1.0, -15);
        Path sixteen = Wav.of(Wav.Encoding.PCM_16, 8_000, justBelowFullScale).to(folder.resolve("16.wav"));
        Path twentyFour = Wav.of(Wav.Encoding.PCM_24, 8_000, justBelowFullScale).to(folder.resolve("24.wav"));

        List<CapturedFrame> frames = pull(List.of(sixteen, twentyFour), CaptureSettings.fast());

        assertThat(frames)
                .extracting(frame -> frame.levels().channels().get(0).clippedSamples())
                .containsExactly(1L, 0L);
    }

    @ParameterizedTest
    @CsvSource({"44100, 1", "48000, 2"})
    void aFileOfAnotherRateOrChannelCountIsRefused(int rate, int channels) throws IOException {
        Path first = sine("first.wav", 48_000, 4_800);
        double[][] sound = new double[channels][100];
        Path other = Wav.of(Wav.Encoding.PCM_16, rate, sound).to(folder.resolve("other.wav"));

        assertThatThrownBy(() -> pull(List.of(first, other), CaptureSettings.fast()))
                .isInstanceOf(SoundFileException.class)
                .hasMessageContaining(other + ": " + rate + " Hz, " + channels + " channel")
                .hasMessageContaining("expected 48000 Hz, 1 channel as in " + first);
    }

    @Test
    void aMissingFileIsToldBeforeAnythingPlays() throws IOException {
        Path file = sine("a.wav", 48_000, 4_800);

        assertThatThrownBy(() -> pull(List.of(file, folder.resolve("missing.wav")), CaptureSettings.realTime()))
                .isInstanceOf(SoundFileException.class)
                .hasMessage(folder.resolve("missing.wav") + ": there is no such file");
        assertThat(clock.waits()).isEmpty();
    }

    @Test
    void timesDoNotDriftWhereAFrameIsNoRoundNumberOfNanoseconds() throws Exception {
        Path file = sine("a.wav", 11_025, 1_102 * 3);

        List<CapturedFrame> frames =
                pull(List.of(file), CaptureSettings.realTime().withFrames(10_000));

        Duration played = Duration.between(ManualClock.START, frames.get(9_999).eventTime());
        assertThat(played).isEqualTo(Duration.ofNanos(9_999L * 1_102 * 1_000_000_000 / 11_025));
    }

    @Test
    void timeDoesNotOverflow() {
        long samples = 192_000L * 3_600 * 24 * 365 * 10 + 96_000;

        assertThat(SampleTime.nanos(samples, 192_000))
                .isEqualTo(Duration.ofDays(3_650).plusMillis(500).toNanos());
    }

    @Test
    void aClosedSourceEnds() throws Exception {
        Path file = sine("a.wav", 48_000, 48_000);
        FrameSource source =
                new CaptureSource.WavFiles(List.of(file)).open(CaptureSettings.realTime(), clock, () -> "stream-1");
        assertThat(source.next()).isPresent();
        assertThat(source.takeStatus().sampleRateHz()).isEqualTo(48_000);

        source.close();

        assertThat(source.next()).isEmpty();
        assertThat(source.next()).isEmpty();
        assertThat(source.takeStatus().sampleRateHz()).isZero();
    }

    @Test
    void latencyCountsFromTheLastSample() throws Exception {
        CapturedFrame frame = pull(
                        List.of(sine("a.wav", 48_000, 4_800)),
                        CaptureSettings.realTime().withFrames(1))
                .get(0);

        assertThat(frame.captureLatencyMicros(frame.lastSampleNanos() + 1_234_999))
                .isEqualTo(1_234);
        assertThat(frame.captureLatencyMicros(frame.lastSampleNanos() - 1)).isZero();
    }

    @Test
    void theSyntheticProgrammeDependsOnItsSeedAlone() throws Exception {
        assertThat(synthetic(1, 300)).isEqualTo(synthetic(1, 300));
        assertThat(synthetic(1, 300)).isNotEqualTo(synthetic(2, 300));
    }

    @Test
    void theSyntheticProgrammeHasSoundSilenceAndNowAndThenAClip() throws Exception {
        List<FrameLevels> levels = synthetic(CaptureSource.Synthetic.DEFAULT_SEED, 1_200);

        assertThat(levels).filteredOn(FrameLevels::silent).hasSizeBetween(50, 700);
        assertThat(levels)
                .filteredOn(frame -> frame.channels().stream().anyMatch(channel -> channel.clippedSamples() > 0))
                .hasSizeBetween(1, 120);
        assertThat(levels)
                .filteredOn(frame -> frame.stereoCorrelation().isPresent())
                .allSatisfy(frame ->
                        assertThat(frame.stereoCorrelation().getAsDouble()).isBetween(-1.0, 1.0));
        assertThat(levels.get(0).sampleRateHz()).isEqualTo(48_000);
        assertThat(levels.get(0).channels()).hasSize(2);
        assertThat(levels)
                .extracting(frame -> frame.channels().get(0).dcOffset())
                .allSatisfy(offset -> assertThat(offset).isCloseTo(0, within(0.1)));
    }

    @Test
    void theSyntheticProgrammePlayedFastNeedsAnEnd() {
        assertThatThrownBy(() -> CaptureSource.parse("synthetic").open(CaptureSettings.fast(), clock, () -> "stream-1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no end");
    }

    private Path sine(String name, int rate, int samples) throws IOException {
        return Wav.of(Wav.Encoding.PCM_16, rate, Wav.sine(rate / 16.0, 0.5, rate, samples))
                .to(folder.resolve(name));
    }

    private List<FrameLevels> synthetic(long seed, int frames) throws Exception {
        return pull(new CaptureSource.Synthetic(seed), CaptureSettings.fast().withFrames(frames)).stream()
                .map(CapturedFrame::levels)
                .toList();
    }

    private List<CapturedFrame> pull(List<Path> files, CaptureSettings settings) throws Exception {
        return pull(new CaptureSource.WavFiles(files), settings);
    }

    private List<CapturedFrame> pull(CaptureSource from, CaptureSettings settings) throws Exception {
        List<CapturedFrame> frames = new ArrayList<>();
        try (FrameSource source = from.open(settings, clock, () -> "stream-1")) {
            Optional<CapturedFrame> frame = source.next();
            while (frame.isPresent()) {
                frames.add(frame.get());
                frame = source.next();
            }
        }
        return frames;
    }

    private static Instant after(String duration) {
        return ManualClock.START.plus(Duration.parse(duration));
    }
}
