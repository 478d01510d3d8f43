package io.ag06.local.health;

import com.fasterxml.jackson.databind.JsonNode;
import io.ag06.local.health.JobReading.CompletedCheckpoint;
import io.ag06.pipeline.sink.clickhouse.SinkMetrics;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads jobs from a cluster's REST interface. What it shows of a task is as old as the cluster's own last round. */
final class FlinkProbe {
    private static final Set<String> ENDED = Set.of("FAILED", "CANCELED", "FINISHED");
    private static final String WAITING = "." + SinkMetrics.WAITING_MS;

    private final Rest rest;

    FlinkProbe(Rest rest) {
        this.rest = rest;
    }

    /** A reading of each job by name, whether Flink has it or not. */
    List<JobReading> read(List<String> jobs) throws IOException, InterruptedException {
        JsonNode overview = rest.get("/jobs/overview").path("jobs");
        List<JobReading> readings = new ArrayList<>();
        for (String job : jobs) {
            Optional<JsonNode> run = newest(overview, job);
            readings.add(run.isPresent() ? read(job, run.get()) : JobReading.absent(job));
        }
        return readings;
    }

    /** The run that has not ended, else the one that began last. */
    private static Optional<JsonNode> newest(JsonNode overview, String job) {
        return elements(overview)
                .filter(run -> run.path("name").asText().equals(job))
                .max(Comparator.<JsonNode, Boolean>comparing(
                                run -> !ENDED.contains(run.path("state").asText()))
                        .thenComparing(run -> run.path("start-time").asLong()));
    }

    private JobReading read(String job, JsonNode run) throws IOException, InterruptedException {
        String id = run.path("jid").asText();
        String state = run.path("state").asText();
        boolean ended = ENDED.contains(state);
        Shown shown = ended ? new Shown() : shownBy(id);
        return new JobReading(
                job,
                Optional.of(id),
                state,
                run.at("/tasks/running").asInt() == run.at("/tasks/total").asInt(),
                shown.counters,
                Optional.ofNullable(shown.waiting),
                ended ? Optional.empty() : checkpoint(rest.get("/jobs/" + id + "/checkpoints")));
    }

    private Shown shownBy(String id) throws IOException, InterruptedException {
        Shown shown = new Shown();
        for (JsonNode metric : rest.get("/jobs/" + id + "/metrics?get=numRestarts")) {
            shown.counters.put(JobCounter.RESTARTS, metric.path("value").asLong());
        }
        for (JsonNode vertex : rest.get("/jobs/" + id).path("vertices")) {
            String metrics = "/jobs/" + id + "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics";
            String wanted = elements(rest.get(metrics))
                    .map(metric -> metric.path("id").asText())
                    .filter(FlinkProbe::isWanted)
                    .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8))
                    .collect(Collectors.joining(","));
            if (!wanted.isEmpty()) {
                rest.get(metrics + "?get=" + wanted + "&agg=sum,avg,max").forEach(shown::add);
            }
        }
        return shown;
    }

    private static boolean isWanted(String metric) {
        return metric.endsWith(WAITING)
                || Arrays.stream(JobCounter.values()).anyMatch(counter -> counter.isShownAs(metric));
    }

    private static Optional<CompletedCheckpoint> checkpoint(JsonNode checkpoints) {
        JsonNode completed = checkpoints.at("/latest/completed");
        if (!completed.isObject()) {
            return Optional.empty();
        }
        return Optional.of(new CompletedCheckpoint(
                Instant.ofEpochMilli(completed.path("latest_ack_timestamp").asLong()),
                Duration.ofMillis(completed.path("end_to_end_duration").asLong()),
                completed.path("state_size").asLong()));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** Asks the REST interface. */
    @FunctionalInterface
    interface Rest {
        /** The answer's JSON; throws with one line where there is none, or not in time. */
        JsonNode get(String path) throws IOException, InterruptedException;
    }

    /** What a run's tasks show, added up over them. */
    private static final class Shown {
        private final Map<JobCounter, Long> counters = new EnumMap<>(JobCounter.class);
        private Duration waiting;

        void add(JsonNode metric) {
            String name = metric.path("id").asText();
            if (name.endsWith(WAITING)) {
                Duration longest = Duration.ofMillis(metric.path("max").asLong());
                waiting = waiting == null || longest.compareTo(waiting) > 0 ? longest : waiting;
                return;
            }
            for (JobCounter counter : JobCounter.values()) {
                if (counter.isShownAs(name)) {
                    String over = counter == JobCounter.WAITED_MS ? "avg" : "sum";
                    counters.merge(counter, metric.path(over).asLong(), Long::sum);
                }
            }
        }
    }
}
