package io.ag06.local.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.CompressionMethod;
import com.clickhouse.client.api.ServerException;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.query.GenericRecord;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.data.ClickHouseFormat;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The official client, as the sink uses it and as its other options make it speak. */
class EndpointClientITCase {
    private static final int ROWS = 100_000;

    /** The ways in which the client packs what it sends and asks for what it gets. */
    private enum Wire {
        PLAIN,
        LZ4_BLOCKS,
        ZSTD_BLOCKS,
        HTTP_CODING,
        HEADERS_FOR_PASSWORD,
        FORM_QUERIES;

        Client.Builder on(Client.Builder builder) {
            return switch (this) {
                case PLAIN -> builder.compressServerResponse(false).compressClientRequest(false);
                case LZ4_BLOCKS -> builder.compressClientRequest(true).compressionMethod(CompressionMethod.LZ4);
                case ZSTD_BLOCKS -> builder.compressClientRequest(true).compressionMethod(CompressionMethod.ZSTD);
                case HTTP_CODING -> builder.compressClientRequest(true).useHttpCompression(true);
                case HEADERS_FOR_PASSWORD -> builder.useHTTPBasicAuth(false);
                case FORM_QUERIES -> builder.setOption("client.http.use_form_request_for_query", "true");
            };
        }
    }

    @TempDir
    static Path data;

    private static LocalClickHouse clickHouse;

    @BeforeAll
    static void start() {
        clickHouse = LocalClickHouse.start(data, 0);
        EndpointCalls.to(clickHouse).sql("CREATE DATABASE t");
    }

    @AfterAll
    static void stop() {
        clickHouse.close();
    }

    private static Client client(Wire wire) {
        var builder = new Client.Builder()
                .addEndpoint(clickHouse.url().toString())
                .setUsername(clickHouse.user())
                .setPassword(EndpointCalls.password(clickHouse))
                .setDefaultDatabase("t");
        return wire.on(builder).build();
    }

    private static byte[] rows() {
        var bytes = ByteBuffer.allocate(ROWS * (Long.BYTES + 4)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < ROWS; i++) {
            bytes.putLong(i).put((byte) 3).put(new byte[] {'\n', '\n', (byte) ('a' + i % 3)});
        }
        return bytes.array();
    }

    @ParameterizedTest
    @EnumSource
    void rowsGoInAndComeOutOnEveryWire(Wire wire) throws Exception {
        try (var client = client(wire)) {
            String table = "rows_" + wire.name().toLowerCase(java.util.Locale.ROOT);
            client.query("CREATE TABLE " + table + " (n UInt64, s String) ENGINE = MergeTree ORDER BY n")
                    .get(10, TimeUnit.SECONDS)
                    .close();
            var settings = new InsertSettings()
                    .setDeduplicationToken("1")
                    .serverSetting("async_insert", "0")
                    .serverSetting("optimize_on_insert", "0");

            try (var response = client.insert(
                            table,
                            List.of("n", "s"),
                            new ByteArrayInputStream(rows()),
                            ClickHouseFormat.RowBinary,
                            settings)
                    .get(30, TimeUnit.SECONDS)) {
                assertThat(response.getWrittenRows()).isEqualTo(ROWS);
            }

            List<GenericRecord> found = client.queryAll(
                    "SELECT count() AS rows, uniqExact(n) AS numbers, countIf(s = '\\n\\na') AS a FROM " + table);
            assertThat(found.get(0).getLong("rows")).isEqualTo(ROWS);
            assertThat(found.get(0).getLong("numbers")).isEqualTo(ROWS);
            assertThat(found.get(0).getLong("a")).isEqualTo((ROWS + 2) / 3);
            assertThat(client.queryAll("SELECT n FROM " + table + " ORDER BY n"))
                    .hasSize(ROWS);
        }
    }

    @Test
    void parametersAreValuesNeverSql() {
        try (var client = client(Wire.PLAIN)) {
            var found = client.queryAll(
                    "SELECT {text:String} AS text, {n:UInt8} AS n",
                    Map.of("text", "a'; DROP TABLE x -- \t\n\\ ü", "n", 7),
                    new QuerySettings());

            assertThat(found.get(0).getString("text")).isEqualTo("a'; DROP TABLE x -- \t\n\\ ü");
            assertThat(found.get(0).getInteger("n")).isEqualTo(7);
        }
    }

    @Test
    void anErrorBringsItsCode() {
        try (var client = client(Wire.LZ4_BLOCKS)) {
            assertThatThrownBy(() -> client.queryAll("SELECT * FROM absent"))
                    .hasRootCauseInstanceOf(ServerException.class)
                    .rootCause()
                    .satisfies(e -> assertThat(((ServerException) e).getCode()).isEqualTo(60));
        }
    }

    @Test
    void aWrongPasswordIsRefused() {
        var builder = new Client.Builder()
                .addEndpoint(clickHouse.url().toString())
                .setUsername(clickHouse.user())
                .setPassword("wrong");
        try (var client = builder.build()) {
            assertThatThrownBy(() -> client.queryAll("SELECT 1"))
                    .rootCause()
                    .satisfies(e -> assertThat(((ServerException) e).getCode()).isEqualTo(516));
        }
    }
}
