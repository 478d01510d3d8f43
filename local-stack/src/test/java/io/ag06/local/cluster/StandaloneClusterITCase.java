package io.ag06.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ag06.local.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes of Flink come when they are called, come back when they are killed, and go when we go. */
class StandaloneClusterITCase {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aKilledProcessComesBackUnlessToldOtherwise(@TempDir Path folder) {
        try (StandaloneCluster cluster = StandaloneCluster.start(settings(folder, Map.of()))) {
            FlinkProcess jobManager = cluster.jobManager();
            FlinkProcess taskManager = cluster.taskManagers().get(0);
            assertThat(folder.resolve("logs/flink-jobmanager.log")).isNotEmptyFile();
            assertThat(folder.resolve("logs/flink-jobmanager.out")).isEmptyFile();

            long firstTaskManager = taskManager.process().pid();
            taskManager.kill();
            await().atMost(PATIENCE)
                    .until(() ->
                            taskManager.isRunning() && taskManager.process().pid() != firstTaskManager);

            cluster.supervise(false);
            jobManager.kill();
            assertThat(jobManager.isRunning()).isFalse();
            jobManager.start();
            cluster.awaitTaskManagers();
            taskManager.kill();
            assertThatThrownBy(cluster::awaitTaskManagers)
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining("taskmanager-1 has ended");
        }
    }

    @Test
    void aProcessThatCanNotStartIsToldWithWhereItsLastWordsAre(@TempDir Path folder) {
        ClusterSettings wrong = settings(folder, Map.of("blob.server.port", "none"));
        assertThatThrownBy(() -> StandaloneCluster.start(wrong))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("jobmanager has ended")
                .hasMessageContaining("flink-jobmanager.log");
    }

    @Test
    void aProcessEndsWithTheOneThatStartedIt(@TempDir Path folder) throws Exception {
        Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ProcessHandle owned;
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(owner.getInputStream(), StandardCharsets.UTF_8))) {
            owned = ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
            assertThat(owned.info().command().orElseThrow()).endsWith("sleep");
        } finally {
            owner.destroyForcibly();
        }
        await().atMost(PATIENCE).until(() -> !owned.isAlive());
    }

    private static ClusterSettings settings(Path folder, Map<String, String> options) {
        return new ClusterSettings(
                folder.resolve("flink"),
                folder.resolve("logs"),
                FlinkClassPath.ofThisBuild(),
                Ports.claim(0, "Flink"),
                RpcPorts.direct(1, () -> Ports.claim(0, "Flink")),
                8,
                options);
    }

    /** A process that starts another, says its number, and is killed. */
    static final class Owner {
        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            ProcessFiles files =
                    new ProcessFiles(folder, folder.resolve("tmp"), folder.resolve("log"), folder.resolve("out"));
            FlinkProcess owned = new FlinkProcess("sleeper", List.of("sleep", "600"), files);
            owned.start();
            System.out.println(owned.process().pid());
            owned.process().onExit().join();
        }
    }
}
