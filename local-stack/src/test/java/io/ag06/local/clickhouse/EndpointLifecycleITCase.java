package io.ag06.local.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting, stopping, and being killed. */
class EndpointLifecycleITCase {
    @TempDir
    Path data;

    @Test
    void whatWasAcknowledgedBeforeAKillIsThereAfterIt() {
        String password;
        try (var clickHouse = LocalClickHouse.start(data, 0)) {
            password = EndpointCalls.password(clickHouse);
            var calls = EndpointCalls.to(clickHouse);
            calls.sql("CREATE DATABASE t");
            calls.sql("CREATE TABLE t.n (n UInt64) ENGINE = MergeTree ORDER BY n");
            calls.sql("INSERT INTO t.n SELECT number FROM numbers(1000)");
            clickHouse.kill();
            assertThat(clickHouse.process().isAlive()).isFalse();
        }

        try (var again = LocalClickHouse.start(data, 0)) {
            assertThat(EndpointCalls.password(again)).isEqualTo(password);
            assertThat(EndpointCalls.to(again).sql("SELECT count(), sum(n) FROM t.n"))
                    .isEqualTo("1000\t499500");
        }
    }

    @Test
    void anOrderlyStopEndsRunningQueriesAndTheProcess() {
        var clickHouse = LocalClickHouse.start(data, 0);
        var calls = EndpointCalls.to(clickHouse);
        var endless = CompletableFuture.supplyAsync(() -> calls.post(
                "/?max_threads=1", "SELECT count() FROM numbers(1000000000000)".getBytes(StandardCharsets.US_ASCII)));
        await().until(() -> calls.sql("SELECT count() FROM system.processes").equals("2"));
        long before = System.nanoTime();

        clickHouse.close();

        assertThat(clickHouse.process().isAlive()).isFalse();
        assertThat((System.nanoTime() - before) / 1e9).as("seconds").isLessThan(10);
        assertThat(endless.handle((answer, failure) -> failure != null || answer.statusCode() != 200)
                        .join())
                .isTrue();
    }

    @Test
    void aTakenPortIsOneClearLine() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LocalClickHouse.start(data, taken.getLocalPort()))
                    .isInstanceOf(LocalClickHouseException.class)
                    .hasMessage("Port " + taken.getLocalPort() + " on 127.0.0.1 is taken by another program;"
                            + " stop that program or choose another port for ClickHouse");
        }
    }

    @Test
    void aDirectoryInUseIsSaidWithItsOwner() {
        try (var first = LocalClickHouse.start(data, 0)) {
            var impatient = new EndpointSettings(data, 0, EngineLibrary.here().locate(), 1, 1 << 20, 1 << 20, 10);

            assertThatThrownBy(() -> LocalClickHouse.start(impatient))
                    .isInstanceOf(LocalClickHouseException.class)
                    .hasMessageContaining("in use by process " + first.process().pid());
        }
    }

    @Test
    void aNewOwnerWaitsForAnOldOneThatIsLeaving() throws Exception {
        var first = LocalClickHouse.start(data, 0);
        var leaving = CompletableFuture.runAsync(first::close);

        try (var second = LocalClickHouse.start(data, 0)) {
            assertThat(EndpointCalls.to(second).sql("SELECT 1")).isEqualTo("1");
        }
        leaving.join();
    }

    @Test
    void theProcessEndsWithItsParentHoweverThatEnds() throws Exception {
        var parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartAndStay.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = parent.inputReader()) {
            var child = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
            assertThat(child.isAlive()).isTrue();

            parent.destroyForcibly().waitFor();

            await().atMost(java.time.Duration.ofSeconds(20)).until(() -> !child.isAlive());
        }
    }

    /** A parent to be killed. */
    static final class StartAndStay {
        private StartAndStay() {}

        public static void main(String[] arguments) throws IOException {
            var clickHouse = LocalClickHouse.start(Path.of(arguments[0]), 0);
            System.out.println(clickHouse.process().pid());
            while (System.in.read() >= 0) {}
        }
    }

    @Test
    void anEngineThatIsNoLibraryIsOneClearLine() throws IOException {
        Path library = Files.writeString(data.resolve("libchdb.so"), "no library");
        var settings = EndpointSettings.in(data, 0, library);

        assertThatThrownBy(() -> LocalClickHouse.start(settings))
                .isInstanceOf(LocalClickHouseException.class)
                .hasMessageContaining("can't be loaded")
                .hasMessageNotContainingAny("\n");
    }
}
