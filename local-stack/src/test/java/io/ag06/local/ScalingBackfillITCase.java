package io.ag06.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ag06.schemas.JsonRecords;
import io.ag06.schemas.ServiceRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is announced depends on the events alone: neither on the order in which they come, nor on the parallelism. */
class ScalingBackfillITCase {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final int MINUTES = 90;

    @TempDir
    Path folder;

    @Test
    void orderAndParallelismChangeNothing() throws Exception {
        List<ServiceRequest> requests = new ArrayList<>();
        for (String service : List.of("mixer-api", "login", "export")) {
            Random random = new Random(service.hashCode());
            for (int i = 0; i < MINUTES * 10; i++) {
                Instant time = NOON.plusMillis(random.nextInt(MINUTES * 60_000));
                requests.addAll(EventArchiveITCase.requests(service, 1, time));
            }
        }
        requests.sort((one, other) -> one.getEventTime().compareTo(other.getEventTime()));
        List<String> inOrder = backfill(1, file(requests));

        Collections.shuffle(requests, new Random(3));
        int half = requests.size() / 2;
        List<String> inAnyOrder =
                backfill(2, file(requests.subList(half, requests.size())), file(requests.subList(0, half)));

        assertThat(new TreeSet<>(inAnyOrder)).isEqualTo(new TreeSet<>(inOrder));
        assertThat(inAnyOrder).doesNotHaveDuplicates();
        List<JsonNode> rows = new ArrayList<>();
        for (String line : inOrder) {
            rows.add(Json.MAPPER.readTree(line));
        }
        assertThat(rows.stream().filter(row -> row.get("_table").asText().equals("scaling_decisions")))
                .hasSize(3 * MINUTES)
                .allSatisfy(
                        row -> assertThat(row.get("desired_replicas").asInt()).isPositive());
        assertThat(rows.stream().filter(row -> row.get("_table").asText().equals("scaling_forecasts")))
                .hasSize(3 * (MINUTES * 60 + 48));
    }

    /**
     * The job would have forgotten the service in between, after an hour of which it announced that it heard nothing.
     */
    @Test
    @Timeout(30)
    void strayEventsOfLongAgoHoldNothingUp() throws Exception {
        List<ServiceRequest> requests = new ArrayList<>();
        for (Instant time : List.of(Instant.EPOCH, NOON.minus(Duration.ofDays(365)), NOON, NOON.plusSeconds(120))) {
            requests.addAll(EventArchiveITCase.requests("mixer-api", 1, time));
        }
        List<String> lines = backfill(1, file(requests));

        assertThat(lines.stream().filter(line -> line.contains("scaling_decisions")))
                .hasSize(60 + 60 + 3);
    }

    private Path file(List<ServiceRequest> requests) throws IOException {
        JsonRecords<ServiceRequest> text = JsonRecords.of(ServiceRequest.class);
        Path file = Files.createTempFile(folder, "requests", ".jsonl");
        return Files.write(file, requests.stream().map(text::write).toList());
    }

    private static List<String> backfill(int parallelism, Path... files) throws Exception {
        ByteArrayOutputStream results = new ByteArrayOutputStream();
        List<String> inputs = new ArrayList<>();
        for (Path file : files) {
            inputs.add("service-requests=" + file);
        }
        BackfillRun run =
                new BackfillRun("scaling-forecast", inputs, Map.of("parallelism", Integer.toString(parallelism)));
        assertThat(run.run(results, Optional.empty()).get(0)).endsWith("0 lines rejected");
        return results.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
