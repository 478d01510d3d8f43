package io.ag06.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ag06.agent.capture.CaptureSettings;
import io.ag06.agent.capture.CaptureSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentSettingsTest {
    private static final AgentSettings.Machine MACHINE = new AgentSettings.Machine("desk top", Path.of("spools"));

    @Test
    void whatIsNotSaidHasADefault() {
        assertThat(read("--source", "synthetic"))
                .isEqualTo(new AgentSettings(
                        CaptureSource.parse("synthetic"),
                        CaptureSettings.realTime(),
                        "desk-top",
                        "127.0.0.1:9092",
                        Path.of("spools/desk-top"),
                        1L << 30,
                        Duration.ofMillis(100),
                        Duration.ofSeconds(5)));
    }

    @Test
    void everySettingIsTaken() {
        assertThat(read(
                        "--source",
                        "wav:a.wav,b.wav",
                        "--fast",
                        "--seconds",
                        "30",
                        "--device-id",
                        "studio-1",
                        "--kafka",
                        "one:9092,two:9093",
                        "--spool",
                        "here",
                        "--spool-limit-bytes",
                        "2000000",
                        "--transaction-interval-ms",
                        "50",
                        "--stop-patience-ms",
                        "0"))
                .isEqualTo(new AgentSettings(
                        new CaptureSource.WavFiles(List.of(Path.of("a.wav"), Path.of("b.wav"))),
                        CaptureSettings.fast().withFrames(300),
                        "studio-1",
                        "one:9092,two:9093",
                        Path.of("here"),
                        2_000_000,
                        Duration.ofMillis(50),
                        Duration.ZERO));
    }

    @Test
    void everyProblemIsToldAtOnce() {
        assertThatThrownBy(() -> read(
                        "wav",
                        "--source",
                        "tape:1",
                        "--device-id",
                        "a b",
                        "--kafka",
                        "nowhere",
                        "--seconds",
                        "0",
                        "--spool-limit-bytes",
                        "1 GB",
                        "--transaction-interval-ms",
                        "60000",
                        "--volume",
                        "11",
                        "--stop-patience-ms"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wav: expected a setting, which begins with --")
                .hasMessageContaining("--source is 'tape:1', expected wav:FILE")
                .hasMessageContaining("--device-id: was 'a b', allowed is up to 200 letters")
                .hasMessageContaining("--kafka: was 'nowhere', allowed is HOST:PORT")
                .hasMessageContaining("--seconds: was '0', allowed is a whole number from 1 on")
                .hasMessageContaining("--spool-limit-bytes: was '1 GB', allowed is a whole number from 1000000 on")
                .hasMessageContaining("--transaction-interval-ms: was 60000, allowed is up to 10000")
                .hasMessageContaining("--volume: there is no such setting")
                .hasMessageContaining("--stop-patience-ms: its value is missing");
    }

    @Test
    void aSourceMustBeNamed() {
        assertThatThrownBy(AgentSettingsTest::read).hasMessage("--source: missing");
    }

    @Test
    void aSettingIsGivenOnce() {
        assertThatThrownBy(() -> read("--source", "live", "--source", "synthetic"))
                .hasMessage("--source: given twice");
    }

    @Test
    void aLiveLineIsNeverFast() {
        assertThatThrownBy(() -> read("--source", "live", "--fast"))
                .hasMessage("--fast: a live line plays at its own speed");
    }

    @Test
    void aFastProgrammeHasAnEnd() {
        assertThatThrownBy(() -> read("--source", "synthetic", "--fast")).hasMessageContaining("--seconds");
    }

    private static AgentSettings read(String... arguments) {
        return AgentSettings.read(List.of(arguments), MACHINE);
    }
}
