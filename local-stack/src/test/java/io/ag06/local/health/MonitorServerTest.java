package io.ag06.local.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class MonitorServerTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private Health health = Healths.well();
    private Instant now = Healths.NOW;

    @Test
    void allIsWellIs200AndSaysSinceWhen() throws Exception {
        try (MonitorServer server = open(Door.onLoopback(0))) {
            HttpResponse<String> answer = get(server, "/healthz");

            assertThat(answer.statusCode()).isEqualTo(200);
            JsonNode verdict = JSON.readTree(answer.body());
            assertThat(verdict.path("healthy").asBoolean()).isTrue();
            assertThat(verdict.at("/parts/flink/since").asText()).isEqualTo("2026-03-01T11:00:00.000000Z");
            assertThat(verdict.at("/parts/flink/wrong").isNull()).isTrue();
        }
    }

    @Test
    void whatIsWrongIs503AndSaidByPartAndJob() throws Exception {
        health = Healths.unwell();
        try (MonitorServer server = open(Door.onLoopback(0))) {
            HttpResponse<String> answer = get(server, "/healthz");

            assertThat(answer.statusCode()).isEqualTo(503);
            JsonNode verdict = JSON.readTree(answer.body());
            assertThat(verdict.path("healthy").asBoolean()).isFalse();
            assertThat(verdict.at("/parts/kafka/wrong").asText()).isEqualTo("no answer");
            assertThat(verdict.at("/jobs/event-archive/wrong").asText()).isEqualTo("its sink waits for ClickHouse");
        }
    }

    @Test
    void aReadingThatIsTooOldSaysNothingOfThePresent() throws Exception {
        now = Healths.NOW.plusSeconds(61);
        try (MonitorServer server = open(Door.onLoopback(0))) {
            HttpResponse<String> answer = get(server, "/healthz");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(JSON.readTree(answer.body()).path("wrong").asText()).contains("no reading since then");
        }
    }

    @Test
    void theWholeReadingIsToldWithNullForWhatIsNotKnown() throws Exception {
        health = Healths.unwell();
        try (MonitorServer server = open(Door.onLoopback(0))) {
            HttpResponse<String> answer = get(server, "/status");

            assertThat(answer.statusCode()).isEqualTo(200); // Also where not all is well: it was answered.
            JsonNode job = JSON.readTree(answer.body()).at("/jobs/event-archive");
            assertThat(job.path("circuit").asText()).isEqualTo("open");
            assertThat(job.path("waiting_us").asLong()).isEqualTo(180_000_000);
            assertThat(job.path("lag_records").isNull()).isTrue();
            assertThat(job.path("last_minute").isNull()).isTrue();
        }
    }

    @Test
    void metricsAreServedAsPrometheusAsksForThem() throws Exception {
        try (MonitorServer server = open(Door.onLoopback(0))) {
            HttpResponse<String> answer = get(server, "/metrics");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValue("text/plain; version=0.0.4; charset=utf-8");
            assertThat(answer.body()).contains("ag06_part_up{part=\"kafka\"} 1.0");
        }
    }

    @Test
    void anotherPathIsToldWhichThereAre() throws Exception {
        try (MonitorServer server = open(Door.onLoopback(0))) {
            assertThat(get(server, "/").statusCode()).isEqualTo(404);
            assertThat(get(server, "/").body()).contains("/healthz");
        }
    }

    @Test
    void whereATokenIsAskedForNothingIsToldWithoutIt(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "s3cret");
        try (MonitorServer server = open(new Door("127.0.0.1", 0, Optional.of(Door.Token.in(file))))) {
            for (String path : new String[] {"/healthz", "/metrics", "/status", "/"}) {
                assertThat(get(server, path).statusCode()).isEqualTo(401);
            }
            HttpRequest shown = HttpRequest.newBuilder(server.url().resolve("/healthz"))
                    .header("Authorization", "Bearer s3cret")
                    .build();
            assertThat(http.send(shown, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aTakenPortIsOneLine() throws Exception {
        try (MonitorServer first = open(Door.onLoopback(0))) {
            int taken = first.url().getPort();

            assertThatIOException()
                    .isThrownBy(() -> open(Door.onLoopback(taken)))
                    .withMessageContaining("127.0.0.1:" + taken)
                    .withMessageNotContaining("\n");
        }
    }

    private MonitorServer open(Door door) throws IOException {
        InstantSource clock = () -> now;
        return MonitorServer.open(door, () -> health, clock);
    }

    private HttpResponse<String> get(MonitorServer server, String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(server.url().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
