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

/** A process of Flink that does not start is told, and none outlives the process that started it. */
class StandaloneClusterITCase {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aProcessThatCanNotStartIsToldWithWhereItsLastWordsAre(@TempDir Path folder) {
        ClusterSettings wrong = new ClusterSettings(
                folder.resolve("flink"),
                folder.resolve("logs"),
                FlinkClassPath.ofThisBuild(),
                Ports.claim(0, "Flink"),
                RpcPorts.direct(0, () -> Ports.claim(0, "Flink")),
                1,
                Map.of("blob.server.port", "none"));
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
