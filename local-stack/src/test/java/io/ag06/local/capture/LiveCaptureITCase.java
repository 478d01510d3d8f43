package io.ag06.local.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.ag06.local.LocalStack;
import io.ag06.local.StackExtension;
import io.ag06.local.cli.Ag06;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A known sound is played into a line that the agent listens to; its levels can be read in SQL, frame by frame. */
@ExtendWith(StackExtension.class)
class LiveCaptureITCase {
    private static final int RATE = 48_000;
    private static final int SECONDS = 15;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OURS = "FROM audio_frames WHERE device_id = 'live-line'";

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
    void whatIsPlayedIntoTheLineIsFoundInClickHouseWithoutAGap(LocalStack stack) throws Exception {
        // A sine of 997 Hz: its RMS is 3.01 dB below its peak, so -23.01 dBFS on the left and -29.03 on the right.
        Path file = sine(folder.resolve("known.wav"), 3, 0.1, 0.05);
        Path said = folder.resolve("agent.out");
        Process agent = agent(stack.endpoints().kafka(), said);
        try {
            await("the first frame").atMost(PATIENCE).until(() -> stack.sql().number("SELECT count() " + OURS) > 0);
            sink.play(file);
            await("the agent's end").atMost(PATIENCE).until(() -> !agent.isAlive());
        } finally {
            agent.destroyForcibly();
        }

        assertThat(agent.exitValue()).as(Files.readString(said)).isZero();
        await("the last frame")
                .atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(stack.sql().number("SELECT count() " + OURS)).isEqualTo(SECONDS * 10));
        JsonNode found = stack.sql().rows("""
                        SELECT
                            uniqExact(stream_id) AS streams,
                            min(sequence) AS first,
                            max(sequence) AS last,
                            uniqExact(sequence) AS different,
                            sum(xruns) AS xruns,
                            min(sample_rate_hz) AS rate,
                            countIf(channels.rms_dbfs[1] > -60) AS sounding,
                            countIf(abs(channels.rms_dbfs[1] + 23.0103) < 0.05
                                AND abs(channels.rms_dbfs[2] + 29.0309) < 0.05) AS as_played
                        """ + OURS).get(0);
        assertThat(found.get("streams").asInt()).isEqualTo(1);
        assertThat(found.get("first").asInt()).isZero();
        assertThat(found.get("last").asInt()).isEqualTo(SECONDS * 10 - 1);
        assertThat(found.get("different").asInt()).isEqualTo(SECONDS * 10);
        assertThat(found.get("rate").asInt()).isEqualTo(RATE);
        // Three seconds are thirty frames, of which the first and the last are partly silent.
        assertThat(found.get("sounding").asInt()).isBetween(28, 33);
        assertThat(found.get("as_played").asInt()).isGreaterThanOrEqualTo(25);
    }

    private Process agent(String kafka, Path said) throws IOException {
        return sink.process(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Ag06.class.getName(),
                        "agent",
                        "--source=live:default",
                        "--seconds=" + SECONDS,
                        "--device-id=live-line",
                        "--kafka=" + kafka,
                        "--data=" + folder.resolve("data"))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
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
}
