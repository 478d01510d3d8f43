package io.ag06.local.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Answers as a Flink 2.3 gives them, cut down to what is read. */
class FlinkProbeTest {
    private static final String ARCHIVE = "event-archive";

    /** Of the metrics of the job's one vertex, named after its operators as 'ClickHouse: Delivery'. */
    private static final String WANTED = "?get=Source__events_as_rows.numRecordsIn,"
            + "Source__events_as_rows.deserializer.deadLetters,ClickHouse__Delivery.rowsStored,"
            + "ClickHouse__Delivery.waitingMs&agg=sum,avg,max";

    private static final String RUNNING = """
            {"jid": "new", "name": "event-archive", "state": "RUNNING", "start-time": 1772366400000,
             "tasks": {"running": 2, "total": 2}}""";
    private static final String FAILED = """
            {"jid": "old", "name": "event-archive", "state": "FAILED", "start-time": 1772366500000,
             "tasks": {"running": 0, "total": 2}}""";

    private final JsonMapper json = new JsonMapper();
    private final Map<String, String> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final FlinkProbe probe = new FlinkProbe(this::answer);

    @Test
    void aJobThatFlinkDoesNotHaveIsAbsent() throws Exception {
        answers.put("/jobs/overview", "{\"jobs\": []}");

        assertThat(probe.read(List.of(ARCHIVE))).containsExactly(JobReading.absent(ARCHIVE));
    }

    @Test
    void theCountersOfAllTasksAreAddedUpAndTheLongestWaitIsTheJobs() throws Exception {
        overview(RUNNING);
        shown("""
                [{"id": "Source__events_as_rows.numRecordsIn", "sum": 120.0, "avg": 60.0, "max": 70.0},
                 {"id": "Source__events_as_rows.deserializer.deadLetters", "sum": 2.0, "avg": 1.0, "max": 2.0},
                 {"id": "ClickHouse__Writer.rowsStored", "sum": 0.0, "avg": 0.0, "max": 0.0},
                 {"id": "ClickHouse__Delivery.rowsStored", "sum": 118.0, "avg": 59.0, "max": 60.0},
                 {"id": "ClickHouse__Committer.rowsStored", "sum": 0.0, "avg": 0.0, "max": 0.0},
                 {"id": "ClickHouse__Delivery.waitingMs", "sum": 9000.0, "avg": 4500.0, "max": 5000.0},
                 {"id": "ClickHouse__Committer.waitingMs", "sum": 0.0, "avg": 0.0, "max": 0.0},
                 {"id": "ClickHouse__Writer.waitedMs", "sum": 200.0, "avg": 100.0, "max": 150.0},
                 {"id": "ClickHouse__Delivery.waitedMs", "sum": 9000.0, "avg": 4500.0, "max": 5000.0}]
                """);

        JobReading reading = probe.read(List.of(ARCHIVE)).get(0);

        assertThat(reading.run()).hasValue("new");
        assertThat(reading.isRunning()).isTrue();
        assertThat(reading.allTasksRun()).isTrue();
        assertThat(reading.waiting()).hasValue(Duration.ofSeconds(5));
        assertThat(reading.counters())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        JobCounter.RESTARTS, 3L,
                        JobCounter.RECORDS_IN, 120L,
                        JobCounter.RECORDS_OUT, 118L,
                        JobCounter.DEAD_LETTERS, 2L,
                        JobCounter.WAITED_MS, 4600L));
    }

    @Test
    void onlyWhatIsNeededIsAskedFor() throws Exception {
        overview(RUNNING);
        shown("[]");

        probe.read(List.of(ARCHIVE));

        assertThat(asked)
                .filteredOn(path -> path.contains("?get="))
                .containsExactly("/jobs/new/metrics?get=numRestarts", "/jobs/new/vertices/v/subtasks/metrics" + WANTED);
    }

    @Test
    void theLastCompletedCheckpointIsRead() throws Exception {
        overview(RUNNING);
        shown("[]");
        answers.put("/jobs/new/checkpoints", """
                {"latest": {"completed": {"id": 7, "latest_ack_timestamp": 1772366460346, "end_to_end_duration": 6,
                                          "state_size": 2206}}}
                """);

        assertThat(probe.read(List.of(ARCHIVE)).get(0).checkpoint())
                .hasValue(new JobReading.CompletedCheckpoint(
                        Instant.ofEpochMilli(1_772_366_460_346L), Duration.ofMillis(6), 2206));
    }

    @Test
    void theRunThatGoesOnCountsThoughAnotherBeganLater() throws Exception {
        overview(FAILED, RUNNING);
        shown("[]");

        assertThat(probe.read(List.of(ARCHIVE)).get(0).run()).hasValue("new");
    }

    @Test
    void ofAnEndedRunOnlyItsStateIsRead() throws Exception {
        overview(FAILED);

        JobReading reading = probe.read(List.of(ARCHIVE)).get(0);

        assertThat(reading.state()).isEqualTo("FAILED");
        assertThat(reading.isRunning()).isFalse();
        assertThat(reading.counters()).isEmpty();
        assertThat(reading.checkpoint()).isEmpty();
    }

    @Test
    void noAnswerIsAFailureAndNotAnAbsentJob() {
        assertThatIOException().isThrownBy(() -> probe.read(List.of(ARCHIVE)));
    }

    private void overview(String... runs) {
        answers.put("/jobs/overview", "{\"jobs\": [" + String.join(",", runs) + "]}");
    }

    /** What the job's one vertex shows of the metrics that are asked for. */
    private void shown(String metrics) {
        answers.put("/jobs/new/metrics?get=numRestarts", "[{\"id\": \"numRestarts\", \"value\": \"3\"}]");
        answers.put("/jobs/new", "{\"vertices\": [{\"id\": \"v\"}]}");
        answers.put("/jobs/new/checkpoints", "{\"latest\": {\"completed\": null}}");
        answers.put("/jobs/new/vertices/v/subtasks/metrics", """
                [{"id": "numRecordsIn"}, {"id": "Source__events_as_rows.numRecordsIn"},
                 {"id": "Source__events_as_rows.KafkaSourceReader.KafkaConsumer.fetch-rate"},
                 {"id": "Source__events_as_rows.deserializer.deadLetters"},
                 {"id": "ClickHouse__Writer.numRecordsIn"}, {"id": "ClickHouse__Delivery.rowsStored"},
                 {"id": "ClickHouse__Delivery.waitingMs"}, {"id": "ClickHouse__Committer.pendingCommittables"}]
                """);
        answers.put("/jobs/new/vertices/v/subtasks/metrics" + WANTED, metrics);
    }

    private com.fasterxml.jackson.databind.JsonNode answer(String path) throws IOException {
        asked.add(path);
        String answer = answers.get(path);
        if (answer == null) {
            throw new IOException("no answer to " + path);
        }
        return json.readTree(answer);
    }
}
