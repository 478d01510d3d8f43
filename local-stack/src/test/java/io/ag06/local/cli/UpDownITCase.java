package io.ag06.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ag06.local.Connections;
import io.ag06.local.Json;
import io.ag06.local.SqlClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stack in the background, as a person uses it: up, agent, sql, down, and up again where it was. */
class UpDownITCase {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int FRAMES = 50;

    @TempDir
    Path data;

    @AfterEach
    void down() {
        say("down");
    }

    @Test
    void whatWasStoredBeforeDownIsThereAfterUpAndTheJobsGoOn() throws Exception {
        assertThat(say("up", "--kafka-port=0", "--flink-port=0", "--clickhouse-port=0", "--monitor-port=0").status)
                .isZero();

        Path endpoints = data.resolve("endpoints.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(endpoints)))
                .isEqualTo("rw-------");
        JsonNode status = Json.MAPPER.readTree(say("status", "--json").out);
        JsonNode written = Json.MAPPER.readTree(Files.readString(endpoints));
        for (String field : List.of(
                "kafka",
                "flink_rest",
                "clickhouse_url",
                "clickhouse_user",
                "clickhouse_password_file",
                "page_url",
                "metrics_url")) {
            assertThat(status.get(field)).isEqualTo(written.get(field)).isNotNull();
        }
        assertThat(say("up").out).contains(written.get("kafka").asText()); // Runs already: nothing is started twice.

        Path file = silence(FRAMES);
        assertThat(say("agent", "--source=wav:" + file, "--fast", "--device-id=first").status)
                .isZero();
        awaitFrames("first", FRAMES);
        assertThat(say("sql", "--format=TSV", "SELECT count() FROM audio_frames")
                        .out
                        .strip())
                .isEqualTo("" + FRAMES);
        assertThat(say("migrate").out).contains("has version");
        Said refused = say("sql", "SELECT nonsense");
        assertThat(refused.status).isEqualTo(1);
        assertThat(refused.err.strip().lines()).hasSize(1);
        assertThat(refused.err).contains("nonsense");
        Said again = say("submit", "golden-signals");
        assertThat(again.status).isEqualTo(1);
        assertThat(again.err).contains("runs already");

        assertThat(say("down").out).contains("Stopped");
        assertThat(endpoints).doesNotExist();
        assertThat(say("down").status).isZero();

        assertThat(say(
                                "up",
                                "--no-jobs",
                                "--kafka-port=0",
                                "--flink-port=0",
                                "--clickhouse-port=0",
                                "--monitor-port=0",
                                "--task-managers=1")
                        .status)
                .isZero();
        assertThat(data.resolve("logs/flink-taskmanager-1.log")).isNotEmptyFile();
        String flink = Connections.running(data).flinkRest();
        assertThat(say("submit", "event-archive", "-D", "parallelism=2").status).isZero();
        assertThat(say("submit", "golden-signals", "--flink=" + flink).status).isZero(); // By the jobs' jar.
        assertThat(say("submit", "scaling-forecast").status).isZero();
        assertThat(say("agent", "--source=wav:" + file, "--fast", "--device-id=second").status)
                .isZero();
        awaitFrames("second", FRAMES);
        awaitFrames("first", FRAMES);
        await().atMost(PATIENCE).untilAsserted(() -> {
            Said well = say("status");
            assertThat(well.status).isZero();
            assertThat(well.out)
                    .startsWith("All is well")
                    .containsPattern("golden-signals +running")
                    .containsPattern("event-archive +running")
                    .containsPattern("scaling-forecast +running");
        });

        Said stopped = say("stop", "event-archive");
        assertThat(stopped.out).contains("Stopped event-archive; its savepoint is ");
        assertThat(say("agent", "--source=wav:" + file, "--fast", "--device-id=third").status)
                .isZero();
        String savepoint = stopped.out.strip().replaceFirst(".* is ", "");
        assertThat(say("submit", "event-archive", "--from=" + data).err).contains("no completed checkpoint");
        assertThat(say("submit", "event-archive", "--from=" + savepoint).status).isZero();
        awaitFrames("third", FRAMES);
        awaitFrames("second", FRAMES);

        List<ProcessHandle> started = ProcessHandle.of(Connections.running(data).pid())
                .orElseThrow()
                .descendants()
                .toList();
        assertThat(started).hasSizeGreaterThan(2); // ClickHouse, a JobManager, a TaskManager.
        assertThat(say("down").out).contains("Stopped");
        await().atMost(PATIENCE).until(() -> started.stream().noneMatch(ProcessHandle::isAlive));
    }

    private void awaitFrames(String device, long frames) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            SqlClient sql = new SqlClient(Connections.clickHouse(data));
            assertThat(sql.number("SELECT count() FROM audio_frames WHERE device_id = '%s'".formatted(device)))
                    .isEqualTo(frames);
            assertThat(sql.number("SELECT sum(events) FROM golden_signals WHERE entity_id = '%s'".formatted(device)))
                    .isEqualTo(frames);
        });
    }

    private Path silence(int frames) throws IOException {
        Path file = data.resolve("silence.wav");
        int samples = frames * 4_800;
        var format = new AudioFormat(48_000, 16, 1, true, false);
        try (var stream = new AudioInputStream(new ByteArrayInputStream(new byte[samples * 2]), format, samples)) {
            AudioSystem.write(stream, AudioFileFormat.Type.WAVE, file.toFile());
        }
        return file;
    }

    /** Runs a command on the test's data folder, and keeps what it prints. */
    private Said say(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.add(1, "--data=" + data);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            int status = Ag06.commandLine()
                    .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                    .execute(all.toArray(String[]::new));
            return new Said(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
        }
    }

    private record Said(int status, String out, String err) {}
}
