package io.ag06.local.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is too much is refused, and what was refused leaves nothing behind. */
class EndpointLimitsITCase {
    private static final int MOST_BYTES = 1 << 20;

    @TempDir
    static Path data;

    private static LocalClickHouse clickHouse;
    private static EndpointCalls calls;

    @BeforeAll
    static void start() {
        clickHouse = LocalClickHouse.start(
                new EndpointSettings(data, 0, EngineLibrary.here().locate(), 10, MOST_BYTES, MOST_BYTES, 2));
        calls = EndpointCalls.to(clickHouse);
        calls.sql("CREATE DATABASE t");
        calls.sql("CREATE TABLE t.texts (s String) ENGINE = MergeTree ORDER BY s");
    }

    @AfterAll
    static void stop() {
        clickHouse.close();
    }

    private static void assertCode(HttpResponse<byte[]> response, int code) {
        assertThat(response.headers().firstValue("X-ClickHouse-Exception-Code")).contains(Integer.toString(code));
    }

    private static byte[] lines(int bytes) {
        return "abcdefg\n".repeat(bytes / 8).getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void aBodyAtTheLimitIsTakenAndOneAboveStoresNothing() {
        calls.sql("TRUNCATE TABLE t.texts");
        String insert = "INSERT INTO t.texts FORMAT TSV";

        assertCode(calls.insert(insert, lines(MOST_BYTES + 8), ""), 307);
        assertThat(calls.sql("SELECT count() FROM t.texts")).isEqualTo("0");
        assertThat(calls.insert(insert, lines(MOST_BYTES), "").statusCode()).isEqualTo(200);
        assertThat(calls.sql("SELECT count() FROM t.texts")).isEqualTo(Integer.toString(MOST_BYTES / 8));
    }

    @Test
    void aResultThatIsWantedWholeHasALimit() {
        byte[] sql = "SELECT number FROM numbers(1000000)".getBytes(StandardCharsets.US_ASCII);

        assertCode(calls.post("/?wait_end_of_query=1", sql), 396);
        assertThat(calls.post("/", sql).statusCode()).isEqualTo(200);
    }

    @Test
    void aQueryTooManyIsRefusedWithItsCode() {
        byte[] sleep = "SELECT sleep(2)".getBytes(StandardCharsets.US_ASCII);
        var first = CompletableFuture.supplyAsync(() -> calls.post("/", sleep));
        var second = CompletableFuture.supplyAsync(() -> calls.post("/", sleep));

        await().until(() -> calls.post("/", "SELECT 1".getBytes(StandardCharsets.US_ASCII))
                .headers()
                .firstValue("X-ClickHouse-Exception-Code")
                .equals(java.util.Optional.of("202")));

        assertThat(first.join().statusCode()).isEqualTo(200);
        assertThat(second.join().statusCode()).isEqualTo(200);
        assertThat(calls.sql("SELECT 1")).isEqualTo("1");
    }
}
