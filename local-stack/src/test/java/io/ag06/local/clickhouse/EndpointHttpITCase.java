package io.ag06.local.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP interface, request by request, with nothing but HTTP. */
@Timeout(60)
class EndpointHttpITCase {
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

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static HttpResponse<byte[]> get(String pathAndQuery) {
        return calls.send(calls.request(pathAndQuery).build());
    }

    private static HttpResponse<byte[]> post(String sql, String parameters) {
        return calls.post("/?" + parameters, sql.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertCode(HttpResponse<byte[]> response, int code) {
        assertThat(response.headers().firstValue("X-ClickHouse-Exception-Code"))
                .as(text(response))
                .contains(Integer.toString(code));
        assertThat(text(response)).startsWith("Code: " + code + ". DB::Exception: ");
    }

    @Test
    void probesAnswerWithoutAPassword() throws IOException {
        for (String path : new String[] {"/ping", "/replicas_status", "/"}) {
            String answer = new String(
                    calls.exchange(("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII)),
                    StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 200 OK").endsWith("Ok.\n");
        }
    }

    @Test
    void anAnswerHasClickHousesHeaders() {
        var headers = post("SELECT number FROM numbers(5) FORMAT CSV", "query_id=mine")
                .headers();

        assertThat(headers.firstValue("X-ClickHouse-Query-Id")).contains("mine");
        assertThat(headers.firstValue("X-ClickHouse-Format")).contains("CSV");
        assertThat(headers.firstValue("X-ClickHouse-Timezone")).isPresent();
        assertThat(headers.firstValue("X-ClickHouse-Server-Display-Name")).isPresent();
        assertThat(headers.firstValue("X-ClickHouse-Summary").orElseThrow()).contains("\"result_rows\":\"5\"");
        assertThat(headers.firstValue("Content-Length")).contains("10");
    }

    @Test
    void thePasswordFileIsForItsOwnerOnly() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(clickHouse.passwordFile())))
                .isEqualTo("rw-------");
    }

    @Test
    void everyWayToSayThePasswordWorks() {
        String password = EndpointCalls.password(clickHouse);
        var url = clickHouse.url().resolve("/");
        var plain = java.net.http.HttpRequest.newBuilder(url).POST(BodyPublishers.ofString("SELECT 1"));

        assertThat(text(calls.send(plain.copy()
                        .header("Authorization", "Bearer " + password)
                        .build())))
                .isEqualTo("1\n");
        assertThat(text(calls.send(plain.copy()
                        .header("X-ClickHouse-User", "default")
                        .header("X-ClickHouse-Key", password)
                        .build())))
                .isEqualTo("1\n");
        assertThat(text(calls.send(plain.copy()
                        .uri(url.resolve("/?user=default&password=" + EndpointCalls.encode(password)))
                        .build())))
                .isEqualTo("1\n");
        for (String wrong : new String[] {"Bearer x", "Basic x", EndpointCalls.basic("root", password), "Basic"}) {
            var refused = calls.send(plain.copy().header("Authorization", wrong).build());
            assertThat(refused.statusCode()).isEqualTo(401);
            assertCode(refused, 516);
        }
        var nobody = calls.send(plain.build());
        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(text(nobody)).doesNotContain(password);
    }

    @Test
    void settingsOfTheUrlHoldForTheRequest() {
        assertThat(calls.sql("SELECT getSetting('max_threads')", "max_threads=3"))
                .isEqualTo("3");
        assertThat(calls.sql("SELECT getSetting('max_threads')")).isNotEqualTo("3");
        assertCode(post("SELECT 1", "max_threadz=3"), 115);
        assertThat(post("SELECT 1", "max_threads=many").statusCode()).isNotEqualTo(200);
        assertCode(post("SELECT 1", "path=/tmp"), 115);
        assertCode(post("SELECT sleep(3)", "max_execution_time=1"), 159);
    }

    @Test
    void theDatabaseComesFromUrlOrHeader() {
        calls.sql("CREATE TABLE t.here (n UInt8) ENGINE = MergeTree ORDER BY n");

        assertThat(calls.sql("EXISTS here", "database=t")).isEqualTo("1");
        var byHeader = calls.send(calls.request("/")
                .header("X-ClickHouse-Database", "t")
                .POST(BodyPublishers.ofString("SELECT currentDatabase()"))
                .build());
        assertThat(text(byHeader)).isEqualTo("t\n");
        assertCode(post("SELECT 1", "database=absent"), 81);
    }

    @Test
    void aGetReadsAndChangesNothing() {
        assertThat(text(get("/?query=SELECT%201"))).isEqualTo("1\n");
        assertThat(text(get("/?query=SHOW%20DATABASES"))).contains("t\n");
        assertCode(get("/?query=" + EndpointCalls.encode("CREATE DATABASE u")), 164);
        assertCode(get("/?query=" + EndpointCalls.encode("INSERT INTO t.x VALUES (1)")), 164);
    }

    @Test
    void theStatementMayBePartlyInTheUrl() {
        assertThat(text(calls.post("/?query=SELECT%201%2B", "2".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo("3\n");
    }

    @Test
    void whatAServerRefusesIsRefused() {
        assertCode(post("", ""), 62);
        assertCode(post("SELECT 1; SELECT 2", ""), 62);
        assertCode(post("1 + 1", ""), 62);
        assertCode(post("SELECT 1 INTO OUTFILE '/tmp/ag06-out'", ""), 370);
        assertCode(post("SELECT 1 FORMAT Nonsense", ""), 73);
        assertCode(post("SELECT 1", "role=admin"), 511);
        assertThat(calls.sql("SELECT 'a;b' -- ; no end\n;")).isEqualTo("a;b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM file('/etc/hostname', 'LineAsString')",
                "SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString', 's String')",
                "SELECT * FROM sqlite('/etc/x.db', 't')",
                "INSERT INTO FUNCTION file('/tmp/ag06-out', 'CSV', 'a UInt8') SELECT 1",
                "CREATE TABLE t.f (s String) ENGINE = File(CSV)",
                "CREATE TABLE t.f (s String) ENGINE = URL('http://127.0.0.1:1/', CSV)",
                "SELECT file('/etc/hostname')",
                "SELECT `file`  ('/etc/hostname') AS a",
                "INSERT INTO t.f SELECT file('/etc/hostname')",
                "SYSTEM SHUTDOWN"
            })
    void theMachineBesideTheDataIsOutOfReach(String sql) {
        assertCode(post(sql, ""), 497);
    }

    @Test
    void compressionOfHttpWorksBothWays() throws IOException {
        for (var coding : ContentCoding.values()) {
            var packed = new ByteArrayOutputStream();
            try (var out = coding.encoding(packed)) {
                out.write("SELECT number FROM numbers(100000)".getBytes(StandardCharsets.US_ASCII));
            }

            var response = calls.send(calls.request("/?enable_http_compression=1")
                    .header("Content-Encoding", coding.token())
                    .header("Accept-Encoding", coding.token())
                    .POST(BodyPublishers.ofByteArray(packed.toByteArray()))
                    .build());

            assertThat(response.headers().firstValue("Content-Encoding").orElse("identity"))
                    .isEqualTo(coding.token());
            var lines = new String(
                    coding.decoding(new ByteArrayInputStream(response.body())).readAllBytes(),
                    StandardCharsets.US_ASCII);
            assertThat(lines.lines()).hasSize(100_000);
        }
    }

    @Test
    void whatCantBeUnpackedIsNeverRun() throws IOException {
        var gzip = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(gzip)) {
            out.write("SELECT 1".getBytes(StandardCharsets.US_ASCII));
        }
        byte[] cut = java.util.Arrays.copyOf(gzip.toByteArray(), gzip.size() - 4);

        var unknown = calls.send(calls.request("/")
                .header("Content-Encoding", "br")
                .POST(BodyPublishers.ofString("SELECT 1"))
                .build());
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertCode(unknown, 89);
        var torn = calls.send(calls.request("/")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(cut))
                .build());
        assertThat(torn.statusCode()).isEqualTo(400);
        assertCode(torn, 271);
        assertThat(post("SELECT 1", "decompress=1").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "TabSeparated, 1000000",
        "TSVWithNames, 1000001",
        "TabSeparatedWithNamesAndTypes, 1000002",
        "JSONEachRow, 1000000",
        "CSVWithNames, 1000001",
        "JSONCompactEachRowWithNamesAndTypes, 1000002"
    })
    void aStreamedResultHasItsHeaderOnce(String format, int lines) {
        var response = calls.send(
                calls.request("/")
                        .POST(BodyPublishers.ofString("SELECT number, 'a' AS a FROM numbers(1000000) FORMAT " + format))
                        .build(),
                BodyHandlers.ofLines());

        assertThat(response.headers().firstValue("X-ClickHouse-Format")).contains(format);
        assertThat(response.body().count()).isEqualTo(lines);
    }

    @Test
    void aDocumentIsOneDocument() {
        assertThat(calls.sql("SELECT number FROM numbers(300000) FORMAT JSON"))
                .endsWith("}")
                .contains("\"rows\": 300000");
        assertThat(calls.sql("SELECT 1 AS a FORMAT Pretty")).isNotEmpty();
        assertThat(
                        calls.sql(
                                "SELECT number % 2 AS k, count() FROM numbers(10) GROUP BY k WITH TOTALS ORDER BY k FORMAT TSV"))
                .isEqualTo("0\t5\n1\t5\n\n0\t10");
    }

    @Test
    void anErrorAfterTheFirstRowsTearsTheBody() {
        var request = calls.request("/")
                .POST(BodyPublishers.ofString("SELECT throwIf(number = 9000000), number FROM numbers(10000000)"
                        + " SETTINGS max_threads = 1"))
                .build();

        assertThatThrownBy(() -> calls.send(request)).hasStackTraceContaining("EOF");
    }

    @Test
    void anErrorAfterTheFirstRowsHasItsCodeWhereTheClientWaitsForTheEnd() {
        assertCode(
                post(
                        "SELECT throwIf(number = 9000000), number FROM numbers(10000000) SETTINGS max_threads = 1",
                        "wait_end_of_query=1"),
                395);
    }

    @Test
    void aLongResultIsStreamedAndNotHeld() throws IOException {
        var response = calls.send(
                calls.request("/")
                        .POST(BodyPublishers.ofString(
                                "SELECT number, number, number, number FROM numbers(30000000)" + " FORMAT RowBinary"))
                        .build(),
                BodyHandlers.ofInputStream());
        long before = residentBytes();
        long most = 0;
        long bytes = 0;
        try (InputStream in = response.body()) {
            byte[] piece = new byte[1 << 20];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                bytes += read;
                most = Math.max(most, residentBytes());
            }
        }

        assertThat(bytes).isEqualTo(30_000_000L * 4 * Long.BYTES);
        assertThat(most - before).as("growth while 960 MB pass").isLessThan(400L << 20);
    }

    private static long residentBytes() throws IOException {
        String status = Files.readString(Path.of("/proc/" + clickHouse.process().pid() + "/status"));
        return status.lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .sum();
    }

    @Test
    void aSessionKeepsItsStateAndTakesOneRequestAtATime() {
        calls.sql("CREATE TEMPORARY TABLE kept (n UInt8)", "session_id=s1");
        calls.sql("INSERT INTO kept VALUES (1), (2)", "session_id=s1");
        calls.sql("SET max_threads = 7", "session_id=s1");

        assertThat(calls.sql("SELECT count(), getSetting('max_threads') FROM kept", "session_id=s1&session_check=1"))
                .isEqualTo("2\t7");
        assertThat(calls.sql("SELECT getSetting('max_threads')", "session_id=s1&max_threads=5"))
                .isEqualTo("5");
        assertThat(calls.sql("SELECT getSetting('max_threads')", "session_id=s1"))
                .isEqualTo("7");
        assertCode(post("SELECT count() FROM kept", ""), 60);
        assertCode(post("SELECT 1", "session_id=other&session_check=1"), 372);
        assertCode(post("SELECT 1", "session_id=s1&session_timeout=86400"), 374);

        var slow = CompletableFuture.supplyAsync(() -> calls.sql("SELECT sleep(2)", "session_id=s1&query_id=slow"));
        await().until(() -> isRunning("slow"));
        assertCode(post("SELECT 1", "session_id=s1"), 373);
        slow.join();
    }

    @Test
    void aSessionEndsWhenItsTimeIsOver() {
        calls.sql("SELECT 1", "session_id=short&session_timeout=1");

        await().atMost(Duration.ofSeconds(10))
                .pollDelay(Duration.ofMillis(2500))
                .untilAsserted(
                        () -> assertCode(post("SELECT 1", "session_id=short&session_check=1&session_timeout=0"), 372));
    }

    private static boolean isRunning(String queryId) {
        return calls.sql("SELECT count() FROM system.processes WHERE startsWith(Settings['log_comment'], 'qid:"
                        + queryId + "')")
                .equals("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL QUERY WHERE query_id = 'endless'", "kill query where `query_id` IN ('endless') sync"})
    void aQueryIsKilledByTheIdThatItsClientGaveIt(String kill) {
        var endless = CompletableFuture.supplyAsync(
                () -> post("SELECT count() FROM numbers(1000000000000)", "query_id=endless&max_threads=1"));
        await().until(() -> isRunning("endless"));

        calls.sql(kill);

        assertCode(endless.orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join(), 394);
    }

    @Test
    void aQueryEndsWhenItsClientLeaves() throws IOException {
        String sql = "SELECT count() FROM numbers(1000000000000)";
        try (var socket =
                new java.net.Socket(clickHouse.url().getHost(), clickHouse.url().getPort())) {
            socket.getOutputStream()
                    .write(("POST /?query_id=left&max_threads=1 HTTP/1.1\r\nHost: x\r\nAuthorization: "
                                    + calls.authorization() + "\r\nContent-Length: " + sql.length() + "\r\n\r\n" + sql)
                            .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> isRunning("left"));
        }

        await().until(() -> !isRunning("left"));
    }

    @Test
    void aRequestSentAheadIsAnsweredOrItsConnectionIsClosed() throws IOException {
        String first = "SELECT sleep(1)";
        String head = "POST / HTTP/1.1\r\nHost: x\r\nAuthorization: " + calls.authorization() + "\r\nContent-Length: ";
        try (var socket =
                new java.net.Socket(clickHouse.url().getHost(), clickHouse.url().getPort())) {
            socket.getOutputStream()
                    .write((head + first.length() + "\r\n\r\n" + first).getBytes(StandardCharsets.US_ASCII));
            await().until(() -> calls.sql(
                            "SELECT count() FROM system.processes WHERE query LIKE '%sleep(1)%' AND query NOT LIKE '%processes%'")
                    .equals("1"));
            socket.getOutputStream().write((head + "8\r\n\r\nSELECT 2").getBytes(StandardCharsets.US_ASCII));

            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answers).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\n0\n");
        }
    }

    @Test
    void aConnectionServesManyRequests() throws IOException {
        String head = "POST / HTTP/1.1\r\nHost: x\r\nAuthorization: " + calls.authorization() + "\r\nContent-Length: ";
        try (var socket =
                new java.net.Socket(clickHouse.url().getHost(), clickHouse.url().getPort())) {
            for (int i = 1; i <= 20; i++) {
                socket.getOutputStream().write((head + "8\r\n\r\nSELECT 7").getBytes(StandardCharsets.US_ASCII));
                var line = new StringBuilder();
                while (!line.toString().endsWith("\r\n\r\n7\n")) {
                    int next = socket.getInputStream().read();
                    assertThat(next).as("answer %d, after %s", i, line).isNotNegative();
                    line.append((char) next);
                }
            }
        }
    }

    @Test
    void aFormBringsQueryAndParameters() {
        String form = """
                --x\r
                Content-Disposition: form-data; name="query"\r
                \r
                SELECT {a:String} || '!'\r
                --x\r
                Content-Disposition: form-data; name="param_a"\r
                \r
                ü\r
                --x--\r
                """;
        var request = calls.request("/")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofString(form));

        assertThat(text(calls.send(request.build()))).isEqualTo("ü!\n");
        assertThat(calls.send(calls.request("/")
                                .header("Content-Type", "multipart/form-data; boundary=x")
                                .POST(BodyPublishers.ofString(form.substring(0, form.length() - 9)))
                                .build())
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void theSameIdTwiceAtOnceIsRefused() {
        var first = CompletableFuture.supplyAsync(() -> calls.sql("SELECT sleep(2)", "query_id=twin"));
        await().until(() -> isRunning("twin"));

        assertCode(post("SELECT 1", "query_id=twin"), 216);
        first.join();
    }

    @Test
    void parametersReachStatementsOfEveryKind() {
        calls.sql("CREATE TABLE t.given (n UInt32) ENGINE = MergeTree ORDER BY n");

        calls.sql("INSERT INTO {table:Identifier} VALUES (5), (6)", "database=t&param_table=given");

        assertThat(calls.sql("SELECT n FROM t.given WHERE n > {least:UInt32}", "param_least=5"))
                .isEqualTo("6");
        assertThat(calls.sql("SELECT {text:String} FORMAT JSONCompact", "param_text=a%5Ctb"))
                .contains("a\\tb");
    }

    @Test
    void nativeBlocksCarryAnInsertAndItsAnswer() throws IOException {
        calls.sql("CREATE TABLE t.blocks (n UInt64) ENGINE = MergeTree ORDER BY n");
        var packed = new ByteArrayOutputStream();
        try (OutputStream out = NativeBlocks.encoding(packed)) {
            out.write("INSERT INTO t.blocks FORMAT TSV\n1\n2\n".getBytes(StandardCharsets.US_ASCII));
        }

        assertThat(calls.post("/?decompress=1&compress=1", packed.toByteArray()).statusCode())
                .isEqualTo(200);

        var answer = post("SELECT sum(n) FROM t.blocks", "compress=1");
        assertThat(NativeBlocks.decoding(new ByteArrayInputStream(answer.body()))
                        .readAllBytes())
                .isEqualTo("3\n".getBytes(StandardCharsets.US_ASCII));
    }
}
