package io.ag06.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ag06.local.health.Door;
import io.ag06.local.health.HealthMetric;
import io.ag06.local.health.Monitor;
import io.ag06.local.health.MonitorSettings;
import io.ag06.pipeline.job.Jobs;
import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.ServiceRequest;
import io.ag06.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The pipeline under the eyes of a monitor whose minutes last seconds. */
@ExtendWith(StackExtension.class)
class PipelineHealthITCase {
    private static final Duration MINUTE = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path spool;

    private static Monitor monitor;
    private static Instant begin;

    @BeforeAll
    static void watch(LocalStack stack) throws Exception {
        begin = Instant.now();
        monitor = Monitor.start(
                new MonitorSettings(
                        "ag06-monitor-of-a-test",
                        stack.flink().rest(),
                        stack.kafka().bootstrapServers(),
                        stack.sql()::rows,
                        Jobs.all(),
                        spool,
                        Duration.ofSeconds(1),
                        MINUTE,
                        Door.onLoopback(0)),
                InstantSource.system());
        await().atMost(PATIENCE).until(() -> status().path("last_minute").isTextual());
    }

    @AfterAll
    static void stop() {
        monitor.close();
    }

    /** How exactly it is counted is told by the tests of its parts; here all of it has come through all of them. */
    @Test
    void whatAJobDidInAMinuteIsStoredOnce(LocalStack stack) {
        RecordCodec<ServiceRequest> codec = RecordCodec.of(ServiceRequest.class);
        try (TestProducer producer = new TestProducer(stack)) {
            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
                List<byte[]> sent =
                        new ArrayList<>(EventArchiveITCase.requests("health-minute", 20, Instant.now()).stream()
                                .map(codec::encode)
                                .toList());
                sent.add(sent.get(0)); // Comes twice.
                sent.add("no record".getBytes(StandardCharsets.UTF_8));
                producer.sendBytes(Topics.SERVICE_REQUESTS, sent);

                assertThat(inAll(stack, "event-archive", """
                        max(records_in > 0) AS taken,
                        max(records_out > 0) AS given,
                        max(topics.records_stored[indexOf(topics.topic, 'ag06.service-requests')] > 0) AS stored,
                        max(topics.repeats[indexOf(topics.topic, 'ag06.service-requests')] > 0) AS repeats,
                        max(dead_letters > 0) AS refused,
                        max(event_to_query_p50_us > 0 AND event_to_query_p99_us >= event_to_query_p50_us) AS late,
                        max(checkpoint_age_us >= 0 AND checkpoint_duration_us >= 0) AS checkpoints,
                        max(circuit = 'closed' AND state = 'RUNNING') AS flowing,
                        max(blocks_sent > 0) AS sent,
                        count() - uniqExact(event_time) AS doubled
                        """))
                        .isEqualTo(
                                "{\"taken\":1,\"given\":1,\"stored\":1,\"repeats\":1,\"refused\":1,\"late\":1,\"checkpoints\":1,"
                                        + "\"flowing\":1,\"sent\":1,\"doubled\":0}");
                assertThat(inAll(stack, "golden-signals", """
                        max(records_in > 0) AS taken, max(records_out > 0) AS given, max(dead_letters > 0) AS refused,
                        max(event_to_query_p50_us > 0) AS late, max(repeats IS NOT NULL) AS repeats
                        """))
                        .isEqualTo("{\"taken\":1,\"given\":1,\"refused\":1,\"late\":1,\"repeats\":0}");
            });
        }
        assertThat(stack.sql()
                        .number("SELECT count() FROM v_pipeline_now WHERE job IN ('event-archive', 'golden-signals')"))
                .isEqualTo(2);
        assertThat(stack.sql().number("SELECT count() FROM v_pipeline_troubles WHERE has(troubles, 'dead letters')"))
                .isPositive();
    }

    @Test
    void withNothingToDoTheLagIsZeroThoughTransactionsLeaveTheirMarks(LocalStack stack) {
        try (TestProducer producer = new TestProducer(stack)) {
            producer.send(
                    Topics.SERVICE_REQUESTS,
                    ServiceRequest.class,
                    EventArchiveITCase.requests("health-lag", 10, Instant.now()));
        }
        EventArchiveITCase.awaitRows(stack, "SELECT count() FROM service_requests WHERE service = 'health-lag'", 10);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(status().at("/jobs/golden-signals/lag_records"))
                        .hasToString("0"));
    }

    @Test
    void aKilledClickHouseOpensTheCircuitAndItClosesAgain(LocalStack stack) throws Exception {
        try (TestProducer producer = new TestProducer(stack)) {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
                HttpResponse<String> verdict = get("/healthz");
                if (verdict.statusCode() == 200) {
                    // It is started again at once; perhaps before the sink had anything to send.
                    stack.embeddedClickHouse().orElseThrow().kill();
                }
                producer.send(
                        Topics.SERVICE_REQUESTS,
                        ServiceRequest.class,
                        EventArchiveITCase.requests("health-circuit", 1, Instant.now()));
                assertThat(verdict.statusCode()).isEqualTo(503);
                JsonNode job = Json.MAPPER.readTree(verdict.body()).at("/jobs/event-archive");
                assertThat(job.path("wrong").asText()).isEqualTo("its sink waits for ClickHouse");
                assertThat(Instant.parse(job.path("since").asText())).isBetween(begin, Instant.now());
            });
        }

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get("/healthz").statusCode()).isEqualTo(200));
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> inAll(stack, "event-archive", "max(circuit_open_us > 0) AS opened")
                        .equals("{\"opened\":1}"));
    }

    @Test
    void everyMetricThatCanBeKnownHereIsServed() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            String text = get("/metrics").body();
            for (HealthMetric metric : HealthMetric.values()) {
                // Of these something must have happened first.
                if (!metric.metricName().matches("ag06_(spool|job_event_to_query).*")) {
                    assertThat(text).contains("\n" + metric.metricName());
                }
            }
        });
    }

    /** What all minutes of this monitor say together of a job, as one line. */
    private static String inAll(LocalStack stack, String job, String expressions) {
        return stack.sql()
                .rows(
                        "SELECT %s FROM pipeline_health WHERE job = '%s' AND event_time >= fromUnixTimestamp64Milli(%d, 'UTC')"
                                .formatted(expressions, job, begin.toEpochMilli()))
                .get(0)
                .toString();
    }

    private static JsonNode status() throws IOException, InterruptedException {
        return Json.MAPPER.readTree(get("/status").body());
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = monitor.url().resolve(path);
        return HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
