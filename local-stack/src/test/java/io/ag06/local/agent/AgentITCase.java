package io.ag06.local.agent;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ag06.agent.Agent;
import io.ag06.agent.AgentMain;
import io.ag06.agent.AgentSettings;
import io.ag06.agent.Simulator;
import io.ag06.agent.SimulatorSettings;
import io.ag06.agent.publish.KafkaCluster;
import io.ag06.agent.publish.KafkaEnds;
import io.ag06.agent.simulate.CloudScenario;
import io.ag06.local.LocalKafka;
import io.ag06.schemas.AudioFrame;
import io.ag06.schemas.DeviceMetrics;
import io.ag06.schemas.ServiceMetrics;
import io.ag06.schemas.ServiceRequest;
import io.ag06.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent and the simulator against a real broker. */
class AgentITCase {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path kafkaFolder;

    private static LocalKafka kafka;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startKafka() {
        kafka = LocalKafka.start(kafkaFolder, 0);
        kafka.createTopics(Topics.all());
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @Test
    void everyFrameOfAFastProgrammeArrivesOnce() throws Exception {
        var settings = settings("fast", "--fast", "--seconds", "60");
        try (var agent = Agent.start(settings)) {
            agent.await();
            agent.stop();
            assertThat(agent.published().get(Topics.AUDIO_FRAMES)).isEqualTo(600);
            assertThat(agent.published().get(Topics.DEVICE_METRICS)).isPositive();
            assertThat(agent.spooled().records()).isZero();
        }
        try (var frames = frames();
                var metrics =
                        new CommittedRecords<>(kafka.bootstrapServers(), Topics.DEVICE_METRICS, DeviceMetrics.class)) {
            await().atMost(PATIENCE).until(() -> of("fast", frames.read()).size() >= 600);
            assertThat(sequences(of("fast", frames.read())))
                    .hasSize(1)
                    .allSatisfy((stream, found) -> assertThat(found).isEqualTo(upTo(600)));
            await().atMost(PATIENCE)
                    .until(() -> metrics.read().stream()
                            .anyMatch(reading ->
                                    reading.getDeviceId().equals("fast") && reading.getMemoryTotalBytes() > 0));
        }
    }

    @Test
    void aKilledAgentLeavesNoGapAndNoRepeat() throws Exception {
        try (var frames = frames()) {
            for (int kill = 1; kill <= 2; kill++) {
                int before = of("killed", frames.read()).size();
                var agent = process("killed");
                await().atMost(PATIENCE).until(() -> of("killed", frames.read()).size() >= before + 15);
                agent.destroyForcibly().waitFor();
            }
            var last = process("killed");
            int before = of("killed", frames.read()).size();
            await().atMost(PATIENCE).until(() -> of("killed", frames.read()).size() >= before + 15);
            last.destroy();
            assertThat(last.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

            // Whatever is still to come has been committed: read until nothing more comes for a second.
            await().during(Duration.ofSeconds(1)).atMost(PATIENCE).until(() -> {
                int count = frames.read().size();
                return frames.read().size() == count;
            });
            var sequences = sequences(of("killed", frames.read()));
            assertThat(sequences).hasSize(3);
            assertThat(sequences)
                    .allSatisfy((stream, found) -> assertThat(found).isEqualTo(upTo(found.size())));
        }
    }

    @Test
    void aPositionThatIsBeingCommittedIsNotTakenForNone() throws Exception {
        KafkaEnds ends = new KafkaCluster(
                kafka.bootstrapServers(), "positions", "spool", Topics.AUDIO_FRAMES, Duration.ofSeconds(15));
        assertThat(ends.committedPosition()).isEmpty();
        try (var producer = ends.producer()) {
            producer.initTransactions();
            for (long position : new long[] {5, 7}) {
                producer.beginTransaction();
                producer.sendOffsetsToTransaction(
                        Map.of(ends.positionPartition(), new OffsetAndMetadata(position)), ends.group());
                if (position == 5) {
                    producer.commitTransaction();
                }
            }

            assertThatExceptionOfType(KafkaException.class).isThrownBy(ends::committedPosition);

            producer.commitTransaction();
            // A commit is decided when it is answered; its offsets are written a moment later.
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(KafkaException.class)
                    .untilAsserted(() -> assertThat(ends.committedPosition()).hasValue(7));
        }
    }

    @Test
    void recordsWaitForAKafkaThatIsAway() throws Exception {
        var away = new ArrayList<>(List.of("--source", "synthetic", "--seconds", "30", "--fast"));
        away.addAll(List.of(
                "--device-id", "patient", "--spool", folder.resolve("patient").toString()));
        away.addAll(List.of("--kafka", "127.0.0.1:1", "--stop-patience-ms", "0"));
        try (var agent = Agent.start(AgentSettings.read(away, AgentMain.machine()))) {
            agent.await();
            assertThat(agent.spooled().records()).isGreaterThanOrEqualTo(300);
        }
        try (var agent = Agent.start(settings("patient", "--fast", "--seconds", "1"));
                var frames = frames()) {
            await().atMost(PATIENCE)
                    .until(() -> agent.published().get(Topics.AUDIO_FRAMES) == 310
                            && of("patient", frames.read()).size() == 310);
            assertThat(sequences(of("patient", frames.read())).values()).containsExactlyInAnyOrder(upTo(300), upTo(10));
        }
    }

    @Test
    void theFirstOfTwoAgentsOfOneNameStopsInOneLine() throws Exception {
        try (var first = Agent.start(settings("twin"))) {
            await().atMost(PATIENCE).until(() -> first.published().get(Topics.AUDIO_FRAMES) > 3);
            var second = AgentSettings.read(
                    List.of(
                            "--source",
                            "synthetic",
                            "--device-id",
                            "twin",
                            "--kafka",
                            kafka.bootstrapServers(),
                            "--spool",
                            folder.resolve("other").toString()),
                    AgentMain.machine());
            try (var other = Agent.start(second)) {
                assertThatThrownBy(first::await)
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith("another agent publishes as twin: this one stops");
                await().atMost(PATIENCE).until(() -> other.published().get(Topics.AUDIO_FRAMES) > 3);
            }
        }
    }

    @Test
    void everySimulatedEventArrivesOnce() throws Exception {
        var settings = new SimulatorSettings(
                7,
                Duration.ofMinutes(2),
                true,
                kafka.bootstrapServers(),
                folder.resolve("simulator"),
                Duration.ofSeconds(30));
        long requests;
        long loads;
        try (var simulator = Simulator.start(new CloudScenario(50), settings, InstantSource.system())) {
            simulator.await();
            simulator.stop();
            requests = simulator.published().get(Topics.SERVICE_REQUESTS);
            loads = simulator.published().get(Topics.SERVICE_METRICS);
        }
        assertThat(requests).isBetween(1_500L, 15_000L);
        assertThat(loads).isEqualTo(12 * 6);
        try (var stored = new CommittedRecords<>(
                        kafka.bootstrapServers(), Topics.SERVICE_REQUESTS, ServiceRequest.class);
                var readings = new CommittedRecords<>(
                        kafka.bootstrapServers(), Topics.SERVICE_METRICS, ServiceMetrics.class)) {
            await().atMost(PATIENCE).until(() -> stored.read().size() >= requests);
            assertThat(stored.read().stream().map(ServiceRequest::getEventId).distinct())
                    .hasSize((int) requests);
            await().atMost(PATIENCE).until(() -> readings.read().size() == loads);
        }
    }

    private AgentSettings settings(String device, String... more) {
        return AgentSettings.read(arguments(device, more), AgentMain.machine());
    }

    private List<String> arguments(String device, String... more) {
        var arguments = new ArrayList<>(List.of("--source", "synthetic", "--device-id", device));
        arguments.addAll(List.of("--kafka", kafka.bootstrapServers()));
        arguments.addAll(List.of("--spool", folder.resolve(device).toString()));
        arguments.addAll(List.of(more));
        return arguments;
    }

    /** An agent in a process of its own, so that it can be killed. */
    private Process process(String device) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                AgentMain.class.getName()));
        command.addAll(arguments(device));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("agent.log").toFile())
                .start();
    }

    private static CommittedRecords<AudioFrame> frames() {
        return new CommittedRecords<>(kafka.bootstrapServers(), Topics.AUDIO_FRAMES, AudioFrame.class);
    }

    private static List<AudioFrame> of(String device, List<AudioFrame> frames) {
        return frames.stream()
                .filter(frame -> frame.getDeviceId().equals(device))
                .toList();
    }

    private static Map<String, List<Long>> sequences(List<AudioFrame> frames) {
        return frames.stream().collect(groupingBy(AudioFrame::getStreamId, mapping(AudioFrame::getSequence, toList())));
    }

    private static List<Long> upTo(long count) {
        return LongStream.range(0, count).boxed().toList();
    }
}
