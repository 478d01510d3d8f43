package io.ag06.local.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveCaptureITCase {
    private static final int RATE = 48_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private NullSink sink;

    @BeforeEach
    void startASoundServer() throws IOException {
        List<String> missing = NullSink.missing();
        assumeTrue(missing.isEmpty(), () -> "not run: " + String.join(", ", missing) + " is missing");
        sink = NullSink.start(folder.resolve("sound"));
    }

    @AfterEach
    void stopIt() {
        if (sink != null) {
            sink.close();
        }
    }

    @Test
    void whatIsPlayedIntoTheLineIsMeasuredWithoutAGap() throws Exception {
        // A sine of 997 Hz: its RMS is 3.01 dB below its peak.
        Path file = sine(folder.resolve("known.wav"), 3, 0.1, 0.05);
        Path out = folder.resolve("frames.txt");
        Process capturing = capture("live:default", 80, out);
        try {
            await("the first frame").atMost(PATIENCE).until(() -> !frames(out).isEmpty());
            sink.play(file);
            await("the last frame").atMost(PATIENCE).until(() -> !capturing.isAlive());
        } finally {
            capturing.destroyForcibly();
        }

        assertThat(capturing.exitValue()).as(Files.readString(out)).isZero();
        List<Frame> frames = frames(out);
        assertThat(frames).hasSize(80);
        assertThat(frames)
                .extracting(Frame::streamId)
                .containsOnly(frames.get(0).streamId());
        assertThat(frames).extracting(Frame::sampleRateHz).containsOnly(RATE);
        for (int i = 0; i < frames.size(); i++) {
            assertThat(frames.get(i).sequence()).isEqualTo(i);
            assertThat(frames.get(i).latencyMicros()).isBetween(0L, 2_000_000L);
        }
        assertThat(Duration.between(frames.get(20).eventTime(), frames.get(79).eventTime()))
                .isCloseTo(Duration.ofMillis(5_900), Duration.ofMillis(300));
        // Three seconds are thirty frames, of which the first and last are partly silent.
        assertThat(frames).filteredOn(frame -> frame.leftDbfs() > -60).hasSizeBetween(28, 33);
        assertThat(frames)
                .filteredOn(frame -> Math.abs(frame.leftDbfs() + 23.0103) < 0.05)
                .hasSizeGreaterThanOrEqualTo(25)
                .allSatisfy(frame -> assertThat(frame.rightDbfs()).isCloseTo(-29.0309, within(0.05)));
    }

    private Process capture(String source, int frames, Path out) throws IOException {
        return sink.process(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        CapturingJvm.class.getName(),
                        source,
                        Integer.toString(frames))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
    }

    private static List<Frame> frames(Path out) throws IOException {
        // The last line may not be complete while the process runs.
        String text = Files.readString(out);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.startsWith("frame "))
                .map(line -> Frame.parse(line.split(" ", -1)))
                .toList();
    }

    private static Path sine(Path file, int seconds, double left, double right) throws IOException {
        int samples = seconds * RATE;
        byte[] bytes = new byte[samples * 4];
        ByteBuffer sound = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < samples; n++) {
            double sine = Math.sin(2 * Math.PI * 997 * n / RATE);
            sound.putShort((short) Math.rint(left * sine * 32_768)).putShort((short) Math.rint(right * sine * 32_768));
        }
        var format = new AudioFormat(RATE, 16, 2, true, false);
        try (var stream = new AudioInputStream(new ByteArrayInputStream(bytes), format, samples)) {
            AudioSystem.write(stream, AudioFileFormat.Type.WAVE, file.toFile());
        }
        return file;
    }

    private record Frame(
            String streamId,
            long sequence,
            Instant eventTime,
            int sampleRateHz,
            double leftDbfs,
            double rightDbfs,
            long latencyMicros) {
        static Frame parse(String[] words) {
            return new Frame(
                    words[1],
                    Long.parseLong(words[2]),
                    Instant.parse(words[3]),
                    Integer.parseInt(words[4]),
                    Double.parseDouble(words[5]),
                    Double.parseDouble(words[6]),
                    Long.parseLong(words[7]));
        }
    }
}
