package io.ag06.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ag06.pipeline.job.Jobs;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.runtime.client.JobStatusMessage;

/**
 * What a running stack says of itself.
 *
 * @param endpoints where it is reached
 * @param jobs each job with the state that Flink gives, or "not submitted"
 * @param rows each raw table with its number of rows
 */
public record StackStatus(Endpoints endpoints, Map<String, String> jobs, Map<String, Long> rows) {
    /** Asks every part of the stack in the folder. */
    public static StackStatus of(Path dataDirectory) {
        Endpoints endpoints = Connections.running(dataDirectory);
        return new StackStatus(endpoints, jobs(endpoints, dataDirectory), rows(dataDirectory));
    }

    /** The endpoints, as in their file, with the jobs and the rows beside them. */
    public String toJson() {
        ObjectNode all = Json.MAPPER.valueToTree(endpoints);
        all.set("jobs", Json.MAPPER.valueToTree(jobs));
        all.set("rows", Json.MAPPER.valueToTree(rows));
        return Json.pretty(all);
    }

    private static Map<String, String> jobs(Endpoints endpoints, Path dataDirectory) {
        Map<String, String> states = new TreeMap<>();
        Jobs.all().forEach(job -> states.put(job.jobName(), "not submitted"));
        try (FlinkJobs flink = FlinkJobs.at(
                URI.create(endpoints.flinkRest()),
                LocalFlink.checkpointsIn(LocalStack.flinkIn(dataDirectory)),
                List.of())) {
            List<JobStatusMessage> known = new ArrayList<>(flink.list());
            known.sort(Comparator.comparingLong(JobStatusMessage::getStartTime));
            known.forEach(job -> states.put(job.getJobName(), job.getJobState().name()));
        }
        return states;
    }

    private static Map<String, Long> rows(Path dataDirectory) {
        SqlClient sql = new SqlClient(Connections.clickHouse(dataDirectory));
        return sql
                .rows(
                        "SELECT name, total_rows FROM system.tables WHERE database = 'ag06' AND engine LIKE '%MergeTree' ORDER BY name")
                .stream()
                .collect(Collectors.toMap(
                        row -> row.get("name").asText(), StackStatus::rowsIn, Long::sum, TreeMap::new));
    }

    private static long rowsIn(JsonNode row) {
        return row.get("total_rows").asLong();
    }
}
