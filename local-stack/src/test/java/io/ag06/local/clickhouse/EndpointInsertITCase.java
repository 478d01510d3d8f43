package io.ag06.local.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes in is there once and whole, or not at all. */
class EndpointInsertITCase {
    private static final String INSERT = "INSERT INTO t.numbers (n) FORMAT RowBinary";

    @TempDir
    static Path data;

    private static LocalClickHouse clickHouse;
    private static EndpointCalls calls;

    @BeforeAll
    static void start() {
        clickHouse = LocalClickHouse.start(data, 0);
        calls = EndpointCalls.to(clickHouse);
        calls.sql("CREATE DATABASE t");
    }

    @AfterAll
    static void stop() {
        clickHouse.close();
    }

    @BeforeEach
    void emptyTable() {
        calls.sql("CREATE OR REPLACE TABLE t.numbers (n UInt64) ENGINE = MergeTree ORDER BY n"
                + " SETTINGS non_replicated_deduplication_window = 1000");
    }

    /** Rows of a UInt64 each; 0x0A0A is among any 65,536 in a row. */
    private static byte[] numbers(int from, int count) {
        var bytes = ByteBuffer.allocate(count * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putLong(from + (long) i);
        }
        return bytes.array();
    }

    private static String stored() {
        return calls.sql("SELECT count(), uniqExact(n) FROM t.numbers");
    }

    private static String parts() {
        return calls.sql("SELECT count() FROM system.parts WHERE database = 't' AND table = 'numbers' AND level = 0");
    }

    @Test
    void binaryDataThatHoldsTwoLineFeedsIsStoredWhole() {
        var response = calls.insert(INSERT, numbers(0, 200_000), "");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("X-ClickHouse-Summary").orElseThrow())
                .contains("\"written_rows\":\"200000\"");
        assertThat(stored()).isEqualTo("200000\t200000");
    }

    @Test
    void statementAndDataInOneBodyAreToldApart() throws IOException {
        var body = new ByteArrayOutputStream();
        body.write("INSERT INTO t.numbers \n FORMAT RowBinary \n".getBytes(StandardCharsets.US_ASCII));
        body.write(numbers(2500, 5000));

        assertThat(calls.post("/", body.toByteArray()).statusCode()).isEqualTo(200);
        assertThat(stored()).isEqualTo("5000\t5000");
    }

    @Test
    void textValuesMayHoldEmptyLines() {
        calls.sql("CREATE OR REPLACE TABLE t.texts (s String) ENGINE = MergeTree ORDER BY s");

        calls.sql("INSERT INTO t.texts VALUES ('a\n\nb'), ('VALUES; FORMAT'), ('c')");

        assertThat(calls.sql("SELECT count(), max(length(s)) FROM t.texts")).isEqualTo("3\t14");
    }

    @Test
    void aBlockOfTheSinksLargestSizeIsOnePart() {
        calls.sql("CREATE OR REPLACE TABLE t.wide (n UInt64, s String) ENGINE = MergeTree ORDER BY n");
        int rows = 500_000;
        int text = 58;
        var body = ByteBuffer.allocate(rows * (Long.BYTES + 1 + text)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] filling = new byte[text];
        Arrays.fill(filling, (byte) '\n');
        for (int i = 0; i < rows; i++) {
            body.putLong(i).put((byte) text).put(filling);
        }

        calls.insert(
                "INSERT INTO t.wide (n, s) FORMAT RowBinary",
                body.array(),
                "&async_insert=0&optimize_on_insert=0&insert_deduplication_token=block-1");

        assertThat(body.capacity()).isGreaterThan(31 << 20);
        assertThat(calls.sql("SELECT count(), sum(rows), max(level) FROM system.parts WHERE table = 'wide' AND active"))
                .isEqualTo("1\t500000\t0");
    }

    @Test
    void theSameTokenTwiceIsStoredOnce() {
        calls.insert(INSERT, numbers(0, 1000), "&insert_deduplication_token=a");
        calls.insert(INSERT, numbers(0, 1000), "&insert_deduplication_token=a");
        assertThat(stored()).isEqualTo("1000\t1000");

        calls.insert(INSERT, numbers(0, 1000), "&insert_deduplication_token=b");
        assertThat(stored()).isEqualTo("2000\t1000");
    }

    @Test
    void aBodyOfManyPiecesIsOnePart() {
        calls.insert(INSERT, numbers(0, 500_000), "&async_insert=0");

        assertThat(parts()).isEqualTo("1");
        assertThat(stored()).isEqualTo("500000\t500000");
    }

    @Test
    void aBodyCutOnARowBoundaryBeforeItsLengthStoresNothing() throws IOException {
        byte[] whole = numbers(0, 100_000);
        byte[] half = Arrays.copyOf(whole, whole.length / 2);

        byte[] answer = calls.exchange(head("Content-Length: " + whole.length), half);

        assertThat(new String(answer, StandardCharsets.UTF_8)).doesNotContain("200 OK");
        assertThat(stored()).isEqualTo("0\t0");
    }

    @Test
    void aBodyCutBetweenTwoChunksStoresNothing() throws IOException {
        byte[] rows = numbers(0, 50_000);

        byte[] answer = calls.exchange(
                head("Transfer-Encoding: chunked"),
                (Integer.toHexString(rows.length) + "\r\n").getBytes(StandardCharsets.US_ASCII),
                rows,
                "\r\n".getBytes(StandardCharsets.US_ASCII));

        assertThat(new String(answer, StandardCharsets.UTF_8)).doesNotContain("200 OK");
        assertThat(stored()).isEqualTo("0\t0");
    }

    @Test
    void theSameChunksWithTheirEndAreStored() throws IOException {
        byte[] rows = numbers(0, 50_000);

        byte[] answer = calls.exchange(
                head("Transfer-Encoding: chunked"),
                (Integer.toHexString(rows.length) + "\r\n").getBytes(StandardCharsets.US_ASCII),
                rows,
                "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

        assertThat(new String(answer, StandardCharsets.UTF_8)).startsWith("HTTP/1.1 200 OK");
        assertThat(stored()).isEqualTo("50000\t50000");
    }

    @Test
    void aRowCutInTheMiddleStoresNothing() {
        byte[] rows = numbers(0, 70_000);

        var response = calls.insert(INSERT, Arrays.copyOf(rows, rows.length - 3), "");

        assertThat(response.headers().firstValue("X-ClickHouse-Exception-Code")).contains("33");
        assertThat(stored()).isEqualTo("0\t0");
    }

    @Test
    void anInsertThatTheEngineWouldDropIsRefused() {
        var response = calls.insert(
                "INSERT INTO t.numbers SELECT n FROM input('n UInt64') FORMAT RowBinary", numbers(0, 10), "");

        assertThat(response.headers().firstValue("X-ClickHouse-Exception-Code")).contains("48");
    }

    @Test
    void anInsertSelectNeedsNoData() {
        calls.sql("INSERT INTO t.numbers SELECT number FROM numbers(10)");

        assertThat(stored()).isEqualTo("10\t10");
    }

    private static byte[] head(String bodyHeader) {
        return ("POST /?query=" + EndpointCalls.encode(INSERT) + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                        + calls.authorization() + "\r\n" + bodyHeader + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
