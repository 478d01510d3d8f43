package io.ag06.local.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExpositionTest {
    private static final Pattern SAMPLE =
            Pattern.compile("[a-z0-9_]+(\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*})? [0-9.E-]+");

    @ParameterizedTest
    @EnumSource
    void everyDeclaredMetricIsThereWithItsKindAndItsMeaning(HealthMetric metric) throws IOException {
        String text = text(Healths.well());

        assertThat(text)
                .contains("# HELP %s %s\n".formatted(metric.metricName(), metric.meaning()))
                .contains("# TYPE %s %s\n"
                        .formatted(metric.metricName(), metric.kind().name().toLowerCase(java.util.Locale.ROOT)));
        assertThat(text.lines()).anyMatch(line -> line.matches(metric.metricName() + "[{ ].*"));
    }

    @Test
    void thereIsNoOtherLine() throws IOException {
        List<String> declared = Arrays.stream(HealthMetric.values())
                .map(HealthMetric::metricName)
                .toList();

        assertThat(text(Healths.well()).lines().filter(line -> !line.startsWith("# ")))
                .allMatch(line -> SAMPLE.matcher(line).matches())
                .allMatch(line -> declared.contains(line.replaceFirst("[{ ].*", "")));
    }

    @Test
    void valuesAreInTheDeclaredUnits() throws IOException {
        assertThat(text(Healths.well()).lines())
                .contains(
                        "ag06_job_event_to_query_p99_seconds{job=\"event-archive\"} 2.309",
                        "ag06_job_checkpoint_age_seconds{job=\"event-archive\"} 1.4",
                        "ag06_job_lag_records{job=\"event-archive\",topic=\"ag06.service-requests\"} 12.0",
                        "ag06_sink_waited_seconds_total{job=\"event-archive\"} 1.01",
                        "ag06_sink_circuit_open{job=\"event-archive\"} 0.0",
                        "ag06_spool_fullest_ratio 0.9",
                        "ag06_monitor_reading_timestamp_seconds 1.772366405E9");
    }

    @Test
    void whatIsNotKnownHasNoSample() throws IOException {
        assertThat(text(Healths.unwell()))
                .contains("ag06_part_up{part=\"kafka\"} 0.0")
                .contains("ag06_sink_circuit_open{job=\"event-archive\"} 1.0")
                .contains("ag06_sink_waiting_seconds{job=\"event-archive\"} 180.0")
                .doesNotContain("ag06_job_lag_records", "ag06_job_event_to_query", "ag06_spool_records");
    }

    /** Prometheus' own judge; Debian's package prometheus brings it. */
    @Test
    void prometheusFindsNothingToSayAgainstIt() throws Exception {
        assumeTrue(isInstalled("promtool"), "not run: promtool is missing");
        Path said = Files.createTempFile("promtool", ".out");
        Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try (var in = promtool.getOutputStream()) {
            in.write(text(Healths.well()).getBytes(StandardCharsets.UTF_8));
        }

        assertThat(promtool.waitFor()).as(Files.readString(said)).isZero();
        assertThat(said).isEmptyFile();
        Files.delete(said);
    }

    private static String text(Health health) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.builder().build().write(text, Exposition.of(health));
        return text.toString(StandardCharsets.UTF_8);
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
