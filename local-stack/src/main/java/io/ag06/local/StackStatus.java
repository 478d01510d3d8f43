package io.ag06.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ag06.pipeline.job.Jobs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * What a running stack says of itself. Parts that do not answer are waited for some seconds, and left out.
 *
 * @param endpoints where it is reached
 * @param health the monitor's newest reading; empty where it does not answer
 * @param jobs each job with the state that Flink gives, or "not submitted", or "unknown"
 * @param scaling each service as the scaling job sees it now, a row of {@code v_scaling_now}; empty where ClickHouse
 *     does not answer
 * @param rows each table with its number of rows; empty where ClickHouse does not answer
 */
public record StackStatus(
        Endpoints endpoints,
        Optional<JsonNode> health,
        Map<String, String> jobs,
        Optional<List<JsonNode>> scaling,
        Optional<Map<String, Long>> rows) {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final String ROWS =
            "SELECT name, total_rows FROM system.tables WHERE database = 'ag06' AND engine LIKE '%MergeTree' ORDER BY name";

    private static final String SCALING = """
            SELECT service, formatDateTime(decided_at, '%Y-%m-%dT%H:%i:%S.000000Z') AS decided_at, load,
                formatDateTime(next_hour, '%Y-%m-%dT%H:%i:%S.000000Z') AS next_hour,
                next_hour_mean, next_hour_lo80, next_hour_hi80,
                current_replicas, recommended_replicas, confidence, reason, saving,
                formatDateTime(saving_since, '%Y-%m-%dT%H:%i:%S.000000Z') AS saving_since
            FROM v_scaling_now ORDER BY service""";

    /**
     * Asks the stack in the folder.
     *
     * @throws StackException where none runs
     */
    public static StackStatus of(Path dataDirectory) {
        Endpoints endpoints = Connections.running(dataDirectory);
        try {
            Optional<JsonNode> health = health(URI.create(endpoints.metricsUrl()));
            SqlClient sql = new SqlClient(Connections.clickHouse(dataDirectory));
            return new StackStatus(endpoints, health, jobs(health), answer(sql, SCALING), rows(sql));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while asking the stack", e);
        }
    }

    /** The endpoints, as in their file, with the jobs, services, rows and health beside them; null where not known. */
    public String toJson() {
        ObjectNode all = Json.MAPPER.valueToTree(endpoints);
        all.set("jobs", Json.MAPPER.valueToTree(jobs));
        all.set("scaling", Json.MAPPER.valueToTree(scaling.orElse(null)));
        all.set("rows", Json.MAPPER.valueToTree(rows.orElse(null)));
        all.set("health", health.orElse(null));
        return Json.pretty(all);
    }

    private static Optional<JsonNode> health(URI metrics) throws InterruptedException {
        HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        var answer = http.sendAsync(
                HttpRequest.newBuilder(metrics.resolve("/status")).build(), HttpResponse.BodyHandlers.ofByteArray());
        try {
            return Optional.of(Json.MAPPER.readTree(
                    answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).body()));
        } catch (ExecutionException | TimeoutException | IOException e) {
            answer.cancel(true);
            return Optional.empty();
        }
    }

    private static Map<String, String> jobs(Optional<JsonNode> health) {
        Map<String, String> states = new TreeMap<>();
        Jobs.all()
                .forEach(job -> states.put(
                        job.jobName(),
                        health.map(known ->
                                        known.path("jobs").path(job.jobName()).path("state"))
                                .filter(JsonNode::isTextual)
                                .map(JsonNode::asText)
                                .map(state -> state.equals("ABSENT") ? "not submitted" : state)
                                .orElse("unknown")));
        return states;
    }

    private static Optional<Map<String, Long>> rows(SqlClient sql) throws InterruptedException {
        return answer(sql, ROWS)
                .map(tables -> tables.stream()
                        .collect(Collectors.toMap(
                                row -> row.get("name").asText(),
                                row -> row.get("total_rows").asLong(),
                                Long::sum,
                                TreeMap::new)));
    }

    private static Optional<List<JsonNode>> answer(SqlClient sql, String query) throws InterruptedException {
        try {
            return Optional.of(sql.rows(query, PATIENCE));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
