package io.ag06.pipeline.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be set for each job: the defaults, every key, and what is said of bad input. */
class SettingsTest {
    private static final List<String> EVERY_SHARED_KEY = List.of(
            "kafka.bootstrap-servers=k1:9092,k2:9092",
            "kafka.group-id=mine",
            "clickhouse.url=https://db.example.com:8443",
            "clickhouse.user=writer",
            "clickhouse.database=other",
            "--clickhouse.compress=true",
            "clickhouse.request-timeout=5 min",
            "clickhouse.first-retry-pause=200 ms",
            "clickhouse.longest-retry-pause=PT1M",
            "clickhouse.block-memory-bytes=1_000_000",
            "clickhouse.block-directory=s3://bucket/blocks",
            "--replace-from=true",
            "rules.furthest-ahead=2 h",
            "rules.oldest=30 d");

    @TempDir
    Path directory;

    @Test
    void theArchiveHasDefaults() {
        var settings = EventArchiveSettings.read(List.of());

        assertThat(settings.kafka()).isEqualTo(new KafkaSettings("127.0.0.1:9092", "ag06-event-archive"));
        assertDefaults(settings.clickHouse());
        assertThat(settings.rules()).isEqualTo(new RuleSettings(Duration.ofHours(1), Duration.ofDays(400)));
    }

    @Test
    void goldenSignalsHaveDefaults() {
        var settings = GoldenSignalsSettings.read(List.of());

        assertThat(settings.kafka()).isEqualTo(new KafkaSettings("127.0.0.1:9092", "ag06-golden-signals"));
        assertDefaults(settings.clickHouse());
        assertThat(settings.slowRequest()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.slowFrame()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.mostSums()).isEqualTo(50_000);
    }

    @Test
    void scalingHasDefaults() {
        var settings = ScalingForecastSettings.read(List.of());

        assertThat(settings.kafka()).isEqualTo(new KafkaSettings("127.0.0.1:9092", "ag06-scaling-forecast"));
        assertDefaults(settings.clickHouse());
        assertThat(settings.lateness()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.idleAfter()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.forgetAfter()).isEqualTo(Duration.ofDays(28));
        assertThat(settings.replicas())
                .isEqualTo(new ScalingForecastSettings.Replicas(1000, 2, 1, 1000, 1000, 1000, 1, 5));
    }

    private static void assertDefaults(ClickHouseSettings clickHouse) {
        assertThat(clickHouse)
                .usingRecursiveComparison()
                .ignoringFields("blockDirectory")
                .isEqualTo(new ClickHouseSettings(
                        URI.create("http://127.0.0.1:8123"),
                        "default",
                        Secret.NONE,
                        "ag06",
                        false,
                        Duration.ofMinutes(1),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(10),
                        128 << 20,
                        "",
                        false));
        assertThat(clickHouse.blockDirectory()).startsWith("file:").contains("ag06-blocks");
    }

    @Test
    void everyKeyOfTheArchiveIsMapped() throws IOException {
        var settings = EventArchiveSettings.read(withPassword(EVERY_SHARED_KEY));

        assertEverySharedKey(settings.kafka(), settings.clickHouse(), settings.rules());
    }

    @Test
    void everyKeyOfGoldenSignalsIsMapped() throws IOException {
        List<String> keys = new ArrayList<>(EVERY_SHARED_KEY);
        keys.addAll(List.of("signals.slow-request=2 s", "signals.slow-frame=250 ms", "signals.most-sums=7"));

        var settings = GoldenSignalsSettings.read(withPassword(keys));

        assertEverySharedKey(settings.kafka(), settings.clickHouse(), settings.rules());
        assertThat(settings.slowRequest()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.slowFrame()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.mostSums()).isEqualTo(7);
    }

    @Test
    void everyKeyOfScalingIsMapped() throws IOException {
        List<String> keys = new ArrayList<>(EVERY_SHARED_KEY);
        keys.addAll(List.of(
                "scaling.lateness=5 s",
                "scaling.idle-after=10 s",
                "scaling.forget-after=7 d",
                "scaling.capacity=12.5",
                "scaling.startup-minutes=3",
                "scaling.fewest-replicas=2",
                "scaling.most-replicas=40",
                "scaling.most-more=10",
                "scaling.most-fewer=4",
                "scaling.price-replica-hour=0.25",
                "scaling.price-short-minute=2"));

        var settings = ScalingForecastSettings.read(withPassword(keys));

        assertEverySharedKey(settings.kafka(), settings.clickHouse(), settings.rules());
        assertThat(settings.lateness()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.idleAfter()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.forgetAfter()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.replicas()).isEqualTo(new ScalingForecastSettings.Replicas(12.5, 3, 2, 40, 10, 4, 0.25, 2));
    }

    @Test
    void scalingSettingsThatContradictEachOtherAreTold() {
        assertThatThrownBy(() -> ScalingForecastSettings.read(
                        List.of("scaling.fewest-replicas=9", "scaling.most-replicas=3", "scaling.capacity=0")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("scaling.fewest-replicas=9 is more than scaling.most-replicas=3")
                .hasMessageContaining("scaling.capacity=0: must be a number above 0 and at most 1000000000");
    }

    private static void assertEverySharedKey(KafkaSettings kafka, ClickHouseSettings clickHouse, RuleSettings rules) {
        assertThat(kafka).isEqualTo(new KafkaSettings("k1:9092,k2:9092", "mine"));
        assertThat(clickHouse.password().reveal()).isEqualTo("open sesame");
        assertThat(clickHouse)
                .usingRecursiveComparison()
                .ignoringFields("password")
                .isEqualTo(new ClickHouseSettings(
                        URI.create("https://db.example.com:8443"),
                        "writer",
                        Secret.NONE,
                        "other",
                        true,
                        Duration.ofMinutes(5),
                        Duration.ofMillis(200),
                        Duration.ofMinutes(1),
                        1_000_000,
                        "s3://bucket/blocks",
                        true));
        assertThat(rules).isEqualTo(new RuleSettings(Duration.ofHours(2), Duration.ofDays(30)));
    }

    @Test
    void everyProblemIsToldAtOnce() {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> GoldenSignalsSettings.read(List.of(
                        "kafka.bootstrap-servers=",
                        "clickhouse.url=localhost:8123",
                        "clickhouse.compress=perhaps",
                        "clickhouse.request-timeout=10",
                        "clickhouse.password-file=" + directory.resolve("missing"),
                        "rules.oldest=401 d",
                        "signals.most-sums=0",
                        "signals.slow-reqest=1 s",
                        "nonsense",
                        "replace-from=true",
                        "replace-from=false")))
                .satisfies(e -> assertThat(e.problems())
                        .containsExactlyInAnyOrder(
                                "kafka.bootstrap-servers=: must be a text that is not empty",
                                "clickhouse.url=localhost:8123: must be an http or https address with a host",
                                "clickhouse.compress=perhaps: must be true or false",
                                "clickhouse.request-timeout=10: must be a duration"
                                        + " (500 ms, 10 s, 5 min, 1 h, 400 d) from 1 s to 1 h",
                                "clickhouse.password-file=" + directory.resolve("missing")
                                        + ": must be a file that can be read and holds the secret",
                                "rules.oldest=401 d: must be a duration"
                                        + " (500 ms, 10 s, 5 min, 1 h, 400 d) from 1 d to 400 d",
                                "signals.most-sums=0: must be a whole number from 1 to 10000000",
                                e.problems().stream()
                                        .filter(problem -> problem.startsWith("signals.slow-reqest is not a setting"))
                                        .findFirst()
                                        .orElse("a line about the unknown key"),
                                "'nonsense' is not a setting; write key=value",
                                "replace-from is given twice"))
                .withMessageContaining("signals.slow-request");
    }

    @Test
    void aKeyOfAnotherJobIsUnknown() {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> EventArchiveSettings.read(List.of("signals.most-sums=7")))
                .withMessageStartingWith("signals.most-sums is not a setting of this job; there are: clickhouse.");
    }

    @Test
    void theLongestPauseIsNotShorterThanTheFirst() {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> EventArchiveSettings.read(List.of("clickhouse.first-retry-pause=20 s")))
                .withMessage("clickhouse.longest-retry-pause must be at least clickhouse.first-retry-pause (20 s)");
    }

    @Test
    void aSecretIsNeverPrinted() throws IOException {
        var settings = EventArchiveSettings.read(withPassword(List.of()));

        assertThat(settings.toString()).contains("(hidden)").doesNotContain("sesame");
        assertThat(Secret.NONE).hasToString("(none)");
    }

    private List<String> withPassword(List<String> keys) throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "open sesame\n");
        List<String> all = new ArrayList<>(keys);
        all.add("clickhouse.password-file=" + file);
        return all;
    }
}
