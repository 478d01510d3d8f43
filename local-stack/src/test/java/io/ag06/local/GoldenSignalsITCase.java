package io.ag06.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ag06.schemas.AudioFrame;
import io.ag06.schemas.Examples;
import io.ag06.schemas.JsonRecords;
import io.ag06.schemas.ServiceMetrics;
import io.ag06.schemas.ServiceRequest;
import io.ag06.schemas.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The golden signals depend on the events alone: not on their order, the parallelism, or who computes them. */
@ExtendWith(StackExtension.class)
class GoldenSignalsITCase {
    private static final int REQUESTS = 3000;

    @Test
    void theViewShowsWhatTheBackfillOfTheSameEventsPrints(LocalStack stack, @TempDir Path folder) throws Exception {
        String service = "signals-view";
        List<ServiceRequest> requests = requests(service, 7, Instant.now().truncatedTo(ChronoUnit.SECONDS));
        List<ServiceMetrics> loads = loads(service, requests.get(0).getEventTime());
        List<AudioFrame> frames = frames("signals-device", requests.get(0).getEventTime());

        try (TestProducer producer = new TestProducer(stack)) {
            // In several transactions, so that one bucket's events come in several stretches.
            for (int from = 0; from < REQUESTS; from += 1000) {
                producer.send(Topics.SERVICE_REQUESTS, ServiceRequest.class, requests.subList(from, from + 1000));
            }
            producer.send(Topics.SERVICE_METRICS, ServiceMetrics.class, loads);
            producer.send(Topics.AUDIO_FRAMES, AudioFrame.class, frames);
        }
        String ours = "entity_id IN ('signals-view', 'signals-device')";
        EventArchiveITCase.awaitRows(
                stack, "SELECT sum(events) FROM golden_signals_partials WHERE " + ours, REQUESTS + frames.size());
        // The last reading has come when the fullest of them has.
        EventArchiveITCase.awaitRows(
                stack,
                "SELECT toUInt64(round(1000 * max(saturation['cpu']))) FROM golden_signals_partials WHERE entity_id = '%s'"
                        .formatted(service),
                850);

        List<JsonNode> printed = backfill(
                1,
                "service-requests=" + file(folder, ServiceRequest.class, requests),
                "service-metrics=" + file(folder, ServiceMetrics.class, loads),
                "audio-frames=" + file(folder, AudioFrame.class, frames));
        List<JsonNode> shown = stack.sql().rows("""
                        SELECT 'golden_signals' AS _table, * REPLACE (
                            formatDateTime(window_start, '%%Y-%%m-%%dT%%H:%%i:%%S.000000Z') AS window_start,
                            formatDateTime(window_end, '%%Y-%%m-%%dT%%H:%%i:%%S.000000Z') AS window_end)
                        FROM golden_signals WHERE %s
                        ORDER BY entity_kind, entity_id, operation, region, window_start
                        """.formatted(ours));
        assertThat(shown).hasSameSizeAs(printed);
        for (int i = 0; i < printed.size(); i++) {
            assertThat(fields(shown.get(i))).isEqualTo(fields(printed.get(i)));
        }
        assertThat(printed).anyMatch(row -> row.get("missing_frames").asLong() == 3);
    }

    @Test
    void orderAndParallelismChangeNothing(@TempDir Path folder) throws Exception {
        List<ServiceRequest> requests = requests("signals-order", 11, Instant.parse("2026-03-01T12:00:00Z"));
        List<JsonNode> inOrder = backfill(1, "service-requests=" + file(folder, ServiceRequest.class, requests));

        List<ServiceRequest> shuffled = new ArrayList<>(requests);
        Collections.shuffle(shuffled, new Random(3));
        List<JsonNode> inAnyOrder = backfill(
                2,
                "service-requests=" + file(folder, ServiceRequest.class, shuffled.subList(0, REQUESTS / 2)),
                "service-requests=" + file(folder, ServiceRequest.class, shuffled.subList(REQUESTS / 2, REQUESTS)));

        assertThat(inAnyOrder).isEqualTo(inOrder).isNotEmpty();
    }

    private static List<JsonNode> backfill(int parallelism, String... inputs) throws Exception {
        ByteArrayOutputStream results = new ByteArrayOutputStream();
        BackfillRun run = new BackfillRun(
                "golden-signals", List.of(inputs), Map.of("parallelism", Integer.toString(parallelism)));
        assertThat(run.run(results, Optional.empty()).get(0)).endsWith("0 lines rejected");
        List<JsonNode> rows = new ArrayList<>();
        for (String line : results.toString(StandardCharsets.UTF_8).lines().toList()) {
            rows.add(Json.MAPPER.readTree(line));
        }
        return rows;
    }

    /** Compared by name and value: 1 and 1.0 are the same number. */
    private static Map<String, Object> fields(JsonNode row) {
        return Json.MAPPER.convertValue(
                normalised((ObjectNode) row),
                Json.MAPPER.getTypeFactory().constructMapType(Map.class, String.class, Object.class));
    }

    private static ObjectNode normalised(ObjectNode row) {
        ObjectNode copy = Json.MAPPER.createObjectNode();
        row.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isObject()) {
                copy.set(field.getKey(), normalised((ObjectNode) value));
            } else if (value.isNumber()) {
                copy.put(field.getKey(), value.asDouble());
            } else {
                copy.set(field.getKey(), value);
            }
        });
        return copy;
    }

    private static <T extends SpecificRecord> Path file(Path folder, Class<T> type, List<T> records)
            throws IOException {
        JsonRecords<T> text = JsonRecords.of(type);
        Path file = Files.createTempFile(folder, type.getSimpleName(), ".jsonl");
        Files.write(file, records.stream().map(text::write).toList());
        return file;
    }

    /** Three minutes of requests, some failed, some with no duration at all, in an order of their own. */
    static List<ServiceRequest> requests(String service, long seed, Instant end) {
        Random random = new Random(seed);
        List<ServiceRequest> requests = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            requests.add(ServiceRequest.newBuilder()
                    .setEventId(service + "-" + i)
                    .setEventTime(end.minusMillis(random.nextInt(180_000)))
                    .setService(service)
                    .setOperation(random.nextBoolean() ? "export" : "import")
                    .setRegion(random.nextBoolean() ? "eu-west" : "us-east")
                    .setStatusCode(random.nextInt(20) == 0 ? 503 : random.nextInt(10) == 0 ? 404 : 200)
                    .setError(random.nextInt(50) == 0)
                    .setDurationUs(random.nextInt(30) == 0 ? 0 : (long) Math.exp(9 + 1.5 * random.nextGaussian()))
                    .setRequestBytes(random.nextInt(1000))
                    .setResponseBytes(random.nextInt(100_000))
                    .build());
        }
        return requests;
    }

    private static List<ServiceMetrics> loads(String service, Instant time) {
        List<ServiceMetrics> loads = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            loads.add(ServiceMetrics.newBuilder()
                    .setService(service)
                    .setEventTime(time.plusSeconds(5L * i))
                    .setReplicas(3)
                    .setCpuUtilisation(0.3 + 0.05 * i)
                    .setMemoryUtilisation(0.1)
                    .setInflightRequests(10L * i)
                    .setMaxInflightRequests(120)
                    .build());
        }
        return loads;
    }

    /** Half a minute of frames of which three in the middle never came. */
    private static List<AudioFrame> frames(String device, Instant start) {
        AudioFrame example = Examples.of(AudioFrame.class, "ordinary");
        List<AudioFrame> frames = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            if (i < 120 || i > 122) {
                frames.add(AudioFrame.newBuilder(example)
                        .setDeviceId(device)
                        .setStreamId("take-1")
                        .setSequence(i)
                        .setEventTime(start.plusMillis(100L * i))
                        .build());
            }
        }
        frames.sort(Comparator.comparing(AudioFrame::getSequence).reversed());
        return frames;
    }
}
