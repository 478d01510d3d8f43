package io.ag06.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ag06.local.Endpoints;
import io.ag06.local.Json;
import io.ag06.local.StackStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class StatusTextTest {
    private static final Instant NOW = Instant.parse("2026-03-01T14:32:08Z");
    private static final Endpoints ENDPOINTS = new Endpoints(
            "127.0.0.1:9092",
            "http://127.0.0.1:8081",
            "http://127.0.0.1:8123",
            "default",
            "/data/password",
            "http://127.0.0.1:8081",
            "http://127.0.0.1:9464/metrics",
            1);
    private static final String JOB = """
            "event-archive": {
              "healthy": %s, "since": "2026-03-01T14:31:56.000000Z", "wrong": %s, "state": "RUNNING",
              "records_in_per_second": 1023.42, "records_out_per_second": 1020.0, "lag_records": 12,
              "checkpoint_age_us": 1400000, "checkpoint_duration_us": 9000, "circuit": "%s",
              "last_minute": {"event_to_query_p50_us": 1293000, "event_to_query_p99_us": 12309000, "records_in": 61234,
                "records_out": 61230, "dead_letters": 2, "blocks_rejected": 0, "repeats": 0, "restarts": 0,
                "circuit_open_us": 0}}
            """;

    @Test
    void aWellStackIsToldAtAGlance() throws IOException {
        String part = "{\"healthy\": true, \"since\": \"2026-03-01T14:00:00.000000Z\", \"wrong\": null}";
        String health = """
                {"healthy": true, "read_at": "2026-03-01T14:32:05.123456Z", "last_minute": "2026-03-01T14:31:00.000000Z",
                 "parts": {"kafka": %s, "flink": %s, "clickhouse": %s, "monitor": %s}, "jobs": {%s},
                 "spools": [{"device_id": "studio-7", "records": 12, "bytes": 4120, "limit_bytes": 8240}]}
                """.formatted(part, part, part, part, JOB.formatted(true, "null", "closed"));

        assertThat(text(Optional.of(health), Optional.of(Map.of("audio_frames", 12_345L))))
                .isEqualTo("""
                        All is well, as of 14:32:05 UTC

                        Kafka       up  127.0.0.1:9092
                        Flink       up  http://127.0.0.1:8081
                        ClickHouse  up  http://127.0.0.1:8123          user default, password in /data/password
                        Metrics     up  http://127.0.0.1:9464/metrics

                        job             state             in/s    out/s  lag  checkpoint  took  circuit  event to query   p99
                        event-archive   running        1,023.4  1,020.0   12   1.4 s ago  9 ms   closed           1.3 s  12 s
                        golden-signals  not submitted        -        -    -           -     -        -               -     -

                        minute from 14:31      in     out  dead letters  rejected blocks  repeats  restarts  circuit open
                        event-archive      61,234  61,230             2                0        0         0           0 s
                        golden-signals          -       -             -                -        -         -             -

                        spool of  records    size  full
                        studio-7       12  4.1 kB  50 %

                        table           rows
                        audio_frames  12,345
                        """);
    }

    @Test
    void whatIsWrongIsToldWithItsReasonAndSinceWhen() throws IOException {
        String health = """
                {"healthy": false, "read_at": "2026-03-01T14:32:05.123456Z", "last_minute": null,
                 "parts": {"clickhouse": {"healthy": false, "since": "2026-03-01T14:31:50.000000Z",
                                          "wrong": "no answer from http://127.0.0.1:8123: connection refused"}},
                 "jobs": {%s}, "spools": []}
                """.formatted(JOB.formatted(false, "\"its sink waits for ClickHouse\"", "open"));

        String text = text(Optional.of(health), Optional.empty());

        assertThat(text)
                .startsWith("Not well, as of 14:32:05 UTC\n")
                .contains("ClickHouse  down  http://127.0.0.1:8123          since 14:31:50 (18 s): no answer from"
                        + " http://127.0.0.1:8123: connection refused\n")
                .contains("event-archive since 14:31:56 (12 s): its sink waits for ClickHouse\n")
                .contains("no minute yet")
                .contains("ClickHouse does not answer     -\n");
        assertThat(text.lines()).anyMatch(line -> line.matches("event-archive +running .* open .*"));
    }

    @Test
    void aMonitorThatDoesNotAnswerIsSaidAndNothingIsMadeUp() throws IOException {
        String text = text(Optional.empty(), Optional.of(Map.of()));

        assertThat(text)
                .startsWith(
                        "The monitor does not answer, so how the pipeline is is not known; see http://127.0.0.1:9464")
                .contains("Kafka       ?  127.0.0.1:9092\n");
        assertThat(text.lines()).anyMatch(line -> line.matches("event-archive +unknown( +-){8}"));
    }

    @Test
    void aServiceIsToldWithItsHourToComeAndItsReplicas() throws IOException {
        List<JsonNode> services = List.of(Json.MAPPER.readTree("""
                        {"service": "mixer-api", "load": 1210, "next_hour_mean": 81234.4, "next_hour_lo80": 79000,
                         "next_hour_hi80": 84100.2, "current_replicas": 6, "recommended_replicas": 8,
                         "confidence": "forecast", "saving": 1234.5}"""), Json.MAPPER.readTree("""
                        {"service": "login", "load": null, "next_hour_mean": null, "next_hour_lo80": null,
                         "next_hour_hi80": null, "current_replicas": 2, "recommended_replicas": 2,
                         "confidence": "stale", "saving": -0.016}"""));

        assertThat(text(Optional.empty(), Optional.of(Map.of()), services)).contains("""

                        service    load/min  next hour       80 % within  replicas  recommended        by     saved
                        mixer-api     1,210     81,234  79,000 .. 84,100         6            8  forecast  1,234.50
                        login             -          -                 -         2            2     stale     -0.02
                        saved: in the last 28 days, against as many replicas as the highest load in them needs. Below 0, that
                        load is lower than what had to be reckoned with, as of a service that is known for days only.

                        """);
    }

    private static String text(Optional<String> health, Optional<Map<String, Long>> rows) throws IOException {
        return text(health, rows, List.of());
    }

    private static String text(Optional<String> health, Optional<Map<String, Long>> rows, List<JsonNode> services)
            throws IOException {
        Optional<JsonNode> known =
                health.isPresent() ? Optional.of(Json.MAPPER.readTree(health.get())) : Optional.empty();
        String archive = health.isPresent() ? "RUNNING" : "unknown";
        StackStatus status = new StackStatus(
                ENDPOINTS,
                known,
                new TreeMap<>(Map.of("event-archive", archive, "golden-signals", "not submitted")),
                rows.isPresent() ? Optional.of(services) : Optional.empty(),
                rows);
        return Ansi.OFF.string(StatusText.of(status, NOW));
    }
}
