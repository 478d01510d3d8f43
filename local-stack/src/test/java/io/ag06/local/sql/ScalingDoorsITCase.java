package io.ag06.local.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The doors for autoscalers, asked as autoscalers ask; the questions are those of docs/operations.md. */
class ScalingDoorsITCase {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path data;

    private static OwnClickHouse database;

    @BeforeAll
    static void start() {
        database = OwnClickHouse.start(data);
        database.migrate("ag06");
        database.use("ag06");
        decision("well", 60, true, 8, 6);
        decision("well", 120, true, 7, 6); // An older one, stored later.
        decision("unsure", 60, false, 8, 6);
        decision("stale", 600, true, 8, 6);
        decision("stale-and-busy", 600, true, 8, 6);
        decision("stale-and-bounded", 600, true, 8, 6);
        decision("nightly", 90_000, true, 8, 6);
        decision("long-gone", 8 * 86_400, true, 8, 6);
        decision("well", 27 * 86_400, true, 8, 6);
        decision("well", 29 * 86_400, true, 8, 6);
        load("stale-and-busy", 150);
        load("stale-and-bounded", 15_000);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    private static void decision(String service, int secondsAgo, boolean confident, int desired, int reactive) {
        database.run("""
                INSERT INTO scaling_decisions_versions (service, decided_at, load, capacity, quantile, forecast, provided,
                    current_replicas, desired_replicas, action, reason, why, confident, hourly_cost, hourly_saving,
                    own_replicas, own_hourly_cost, static_replicas, static_hourly_cost, reactive_desired,
                    fewest_replicas, most_replicas, version)
                VALUES ('%s', now() - %d, 110, 20, 0.99, 120, 150, 6, %d, 'up', 'forecast', 'the load that is forecast', %s, 8, 4,
                    6, 6, 12, 12, %d, 1, 40, 4711)""".formatted(service, secondsAgo, desired, confident, reactive));
    }

    /** As many requests in the second to last closed minute, in parts, and fewer in the last. */
    private static void load(String service, int requests) {
        for (int part = 0; part < 2; part++) {
            database.run("""
                    INSERT INTO golden_signals_partials (entity_kind, entity_id, operation, window_start, events)
                    VALUES ('service', '%1$s', 'PUT', toStartOfMinute(now()) - 120 + 10 * %2$d, %3$d),
                        ('service', '%1$s', 'GET', toStartOfMinute(now()) - 60, 1)""".formatted(service, part, requests / 2));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "well, 8, forecast, the load that is forecast",
        "unsure, 6, unsure, the load that is forecast; the reactive number",
        "nightly, 6, stale, 'no decision for three minutes, and no load is known; the last reactive number'",
        "stale, 6, stale, 'no decision for three minutes, and no load is known; the last reactive number'",
        "stale-and-busy, 11, stale, no decision for three minutes; the reactive number for the load of the last five",
        "stale-and-bounded, 40, stale, no decision for three minutes; the reactive number for the load of the last five"
    })
    void theNumberIsTheForecastsWhereItIsFreshAndSureAndElseTheReactiveOne(
            String service, int replicas, String confidence, String reason) {
        assertThat(database.rows(
                        "SELECT recommended_replicas, confidence, reason FROM v_replicas_recommended WHERE service = '%s'"
                                .formatted(service),
                        row -> row.getInt(1) + " " + row.getString(2) + " " + row.getString(3)))
                .containsExactly(replicas + " " + confidence + " " + reason);
    }

    @Test
    void aServiceWithoutADecisionInAWeekIsNotThere() {
        assertThat(database.column("SELECT service FROM v_replicas_recommended"))
                .containsExactly("nightly", "stale", "stale-and-bounded", "stale-and-busy", "unsure", "well");
    }

    /** A fixed number for the peak is six replicas more in each of these three minutes; one of 29 days ago is none. */
    @Test
    void savingsAreThoseOfTheLastFourWeeks() {
        assertThat(database.rows(
                        "SELECT round(saving, 6), dateDiff('day', saving_since, now()) FROM v_scaling_now WHERE service = 'well'",
                        row -> row.getDouble(1) + " " + row.getInt(2)))
                .containsExactly("0.3 27");
    }

    /**
     * KEDA gets the URL with basic authentication, and takes the number at valueLocation, a path in GJSON's notation.
     */
    @Test
    void kedasMetricsApiScalerFindsTheNumberWhereItIsTold() throws Exception {
        Matcher trigger = Pattern.compile("(?s)type: metrics-api.*?url: \"([^\"]+)\".*?valueLocation: \"([^\"]+)\"")
                .matcher(page());
        assertThat(trigger.find()).isTrue();
        String query = trigger.group(1).substring(trigger.group(1).indexOf("/?"));

        JsonNode answer = JSON.readTree(get(query.replace("mixer-api", "well")));

        JsonNode value = answer.at("/" + trigger.group(2).replace('.', '/'));
        assertThat(value.isInt()).as(answer.toString()).isTrue();
        assertThat(value.asInt()).isEqualTo(8);
    }

    @Test
    void kedaFindsNoNumberOfAServiceThatNothingIsKnownOf() throws Exception {
        JsonNode answer = JSON.readTree(get(
                query("SELECT recommended_replicas FROM v_replicas_recommended WHERE service = 'nobody' FORMAT JSON")));
        assertThat(answer.at("/data/0/recommended_replicas").isMissingNode()).isTrue();
    }

    @Test
    void anExternalMetricIsWhatKubernetesExpectsOfOne() throws Exception {
        Matcher question = Pattern.compile("SELECT kind, apiVersion, metadata, items FROM [^`]+FORMAT JSONEachRow")
                .matcher(page());
        assertThat(question.find()).isTrue();

        JsonNode list =
                JSON.readTree(get(query(question.group().replaceAll("\\s+", " ").replace("mixer-api", "well"))));

        assertThat(list.fieldNames()).toIterable().containsExactly("kind", "apiVersion", "metadata", "items");
        assertThat(list.get("kind").asText()).isEqualTo("ExternalMetricValueList");
        assertThat(list.get("apiVersion").asText()).isEqualTo("external.metrics.k8s.io/v1beta1");
        assertThat(list.get("metadata").isObject()).isTrue();
        JsonNode item = list.get("items").get(0);
        assertThat(list.get("items")).hasSize(1);
        assertThat(item.get("metricName").asText()).isEqualTo("ag06_replicas_recommended");
        assertThat(item.get("metricLabels").toString()).isEqualTo("{\"service\":\"well\",\"confidence\":\"forecast\"}");
        // A quantity is text, and a time is as RFC 3339 writes it.
        assertThat(item.get("value").isTextual()).isTrue();
        assertThat(item.get("value").asText()).isEqualTo("8");
        assertThat(Instant.parse(item.get("timestamp").asText())).isBefore(Instant.now());
    }

    private static String page() throws Exception {
        return Files.readString(Path.of("../docs/operations.md"));
    }

    private static String query(String sql) {
        return "/?database=ag06&query=" + URLEncoder.encode(sql, StandardCharsets.UTF_8);
    }

    private static String get(String query) throws Exception {
        String credentials = database.user() + ":" + database.password();
        HttpRequest request = HttpRequest.newBuilder(URI.create(database.url() + query))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
