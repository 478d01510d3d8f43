package io.ag06.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ag06.analytics.audio.SampleFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WavFileTest {
    private static final double[] LEFT = {0, 0.5, -0.5, -1, 0.25};
    private static final double[] RIGHT = {0.125, -0.125, 0, 0.75, -0.75};

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("sound.wav");
    }

    @ParameterizedTest
    @EnumSource(Wav.Encoding.class)
    void everyEncodingGivesTheSameSamples(Wav.Encoding encoding) throws IOException {
        Wav.of(encoding, 48_000, LEFT, RIGHT).to(file);

        double[][] samples = readAll(8_192);

        assertThat(samples[0]).containsExactly(LEFT, within(0.0));
        assertThat(samples[1]).containsExactly(RIGHT, within(0.0));
    }

    @ParameterizedTest
    @CsvSource({"PCM_16, 16, false", "PCM_24, 24, false", "PCM_32, 32, false", "FLOAT_32, 32, true"})
    void theFormatTellsTheSignificantBits(Wav.Encoding encoding, int bits, boolean floatingPoint) throws IOException {
        Wav.of(encoding, 96_000, LEFT).to(file);

        try (WavFile wav = WavFile.open(file)) {
            assertThat(wav.format()).isEqualTo(new SampleFormat(bits, floatingPoint));
            assertThat(wav.sampleRateHz()).isEqualTo(96_000);
            assertThat(wav.channelCount()).isEqualTo(1);
        }
    }

    @Test
    void twentyFourValidBitsInThirtyTwoAreTwentyFour() throws IOException {
        Wav.of(Wav.Encoding.PCM_32, 48_000, LEFT, RIGHT).extensible(24).to(file);

        try (WavFile wav = WavFile.open(file)) {
            assertThat(wav.format()).isEqualTo(SampleFormat.integer(24));
        }
        assertThat(readAll(8_192)[0]).containsExactly(LEFT, within(0.0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7})
    void theSizeOfTheBufferDoesNotMatter(int blocks) throws IOException {
        Wav.of(Wav.Encoding.PCM_24, 48_000, LEFT, RIGHT).to(file);

        assertThat(readAll(blocks)).isDeepEqualTo(new double[][] {LEFT, RIGHT});
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4_095})
    void unknownChunksAreSkipped(int length) throws IOException {
        Wav.of(Wav.Encoding.PCM_16, 48_000, LEFT).extraChunk(length).to(file);

        assertThat(readAll(8_192)[0]).containsExactly(LEFT, within(0.0));
    }

    @ParameterizedTest
    @CsvSource({"0, 36", "4294967295, 4294967295", "2147479552, 2147479588", "0, 0"})
    void aSizeThatAStreamingWriterLeftReachesToTheEnd(long dataSize, long outerSize) throws IOException {
        Wav.of(Wav.Encoding.PCM_16, 48_000, LEFT)
                .dataSize(dataSize)
                .outerSize(outerSize)
                .to(file);

        assertThat(readAll(8_192)[0]).containsExactly(LEFT, within(0.0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RF64", "BW64"})
    void aFileOf64BitSizesIsRead(String id) throws IOException {
        Wav.of(Wav.Encoding.PCM_16, 48_000, LEFT).rf64(id, 10).to(file);

        assertThat(readAll(8_192)[0]).containsExactly(LEFT, within(0.0));
    }

    @Test
    void aTruncatedFileIsToldWithPlaceAndExpectation() throws IOException {
        Wav.of(Wav.Encoding.PCM_16, 48_000, LEFT).cut(3).to(file);

        assertThatThrownBy(() -> WavFile.open(file))
                .isInstanceOf(SoundFileException.class)
                .hasMessage(file + ": truncated: the chunk 'data' at byte 36 has 7 bytes of sound, expected 10");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 11, 20, 43})
    void aFileCutWithinItsHeaderIsTold(int length) throws IOException {
        byte[] whole = Wav.of(Wav.Encoding.PCM_16, 48_000, LEFT).bytes();
        Files.write(file, Arrays.copyOf(whole, length));

        assertThatThrownBy(() -> WavFile.open(file))
                .isInstanceOf(SoundFileException.class)
                .hasMessageContaining(
                        file + ": truncated, or no WAV file: it ends after " + length + " bytes, expected ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void anythingElseIsNoWavFile() throws IOException {
        Files.writeString(file, "Dear Sir or Madam,\n\tplease find enclosed");
        assertRefused("no WAV file: found 'Dear' at byte 0, expected 'RIFF' or 'RF64'");

        Files.write(file, new byte[100]);
        assertRefused("no WAV file: found '\\x00\\x00\\x00\\x00' at byte 0, expected 'RIFF' or 'RF64'");

        Files.writeString(file, "RIFF....AVI LIST");
        assertRefused("no WAV file: found 'AVI ' at byte 8, expected 'WAVE'");

        Files.write(file, new byte[0]);
        assertRefused(
                "truncated, or no WAV file: it ends after 0 bytes, expected the header 'RIFF' ... 'WAVE' at byte 0");
    }

    @Test
    void whatIsNotSupportedIsTold() throws IOException {
        Wav.of(Wav.Encoding.PCM_16, 7_999, LEFT).to(file);
        assertRefused("7999 Hz in the chunk 'fmt ' at byte 12, expected 8000 to 192000");

        Wav.of(Wav.Encoding.PCM_16, 48_000, LEFT, LEFT, LEFT).to(file);
        assertRefused("3 channels in the chunk 'fmt ' at byte 12, expected mono or stereo");

        byte[] adpcm = Wav.of(Wav.Encoding.PCM_16, 48_000, LEFT).bytes();
        adpcm[20] = 2;
        Files.write(file, adpcm);
        assertRefused("samples of 16 bits (16 of them valid) with format code 0x0002 in the chunk 'fmt ' at byte 12,"
                + " expected PCM (0x0001) of 16, 24 or 32 bits or floating point (0x0003) of 32 or 64");
    }

    @Test
    void aFileWithoutSoundIsRefused() throws IOException {
        Wav.of(Wav.Encoding.PCM_16, 48_000, new double[0]).to(file);

        assertRefused("the chunk 'data' at byte 36 holds no sound");
    }

    @Test
    void whatIsNoFileIsTold() {
        assertRefused("there is no such file");
        file = folder;
        assertRefused("a directory, expected a WAV file");
    }

    @Test
    void aFloatingPointSampleThatIsNoNumberIsToldWithItsPlace() throws IOException {
        Wav.of(Wav.Encoding.FLOAT_32, 48_000, new double[] {0, 0, Double.NaN}).to(file);

        assertThatThrownBy(() -> readAll(8_192))
                .isInstanceOf(SoundFileException.class)
                .hasMessage(file + ": sample 2 is NaN, expected a finite number");
    }

    @Test
    void aFileThatShrinksWhileItPlaysIsTold() throws IOException {
        Wav.of(Wav.Encoding.PCM_16, 48_000, new double[1_000]).to(file);
        try (WavFile wav = WavFile.open(file, 10)) {
            wav.read(new double[1][10], 0, 10);
            Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100));

            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            wav.read(new double[1][10], 0, 10);
                        }
                    })
                    .isInstanceOf(SoundFileException.class)
                    .hasMessageContaining("truncated while it was read: it ends at byte 100");
        }
    }

    private void assertRefused(String problem) {
        assertThatThrownBy(() -> WavFile.open(file))
                .isInstanceOf(SoundFileException.class)
                .hasMessage(file + ": " + problem);
    }

    private double[][] readAll(int bufferedBlocks) throws IOException {
        try (WavFile wav = WavFile.open(file, bufferedBlocks)) {
            double[][] samples =
                    new double[wav.channelCount()][(int) wav.header().samplesPerChannel()];
            int count = 0;
            int read = wav.read(samples, 0, samples[0].length);
            while (read >= 0) {
                count += read;
                read = wav.read(samples, count, Math.max(1, samples[0].length - count));
            }
            assertThat(count).isEqualTo(samples[0].length);
            return samples;
        }
    }
}
