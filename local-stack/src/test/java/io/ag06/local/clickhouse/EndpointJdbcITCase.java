package io.ag06.local.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JDBC driver, as migrations, reports and database tools use it. */
class EndpointJdbcITCase {
    @TempDir
    static Path data;

    private static LocalClickHouse clickHouse;

    @BeforeAll
    static void start() throws SQLException {
        clickHouse = LocalClickHouse.start(data, 0);
        EndpointCalls.to(clickHouse).sql("CREATE DATABASE t");
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE people (id UInt64, name String, seen DateTime64(6, 'UTC'))"
                    + " ENGINE = MergeTree ORDER BY id COMMENT 'who was here'");
        }
    }

    @AfterAll
    static void stop() {
        clickHouse.close();
    }

    private static Connection connect() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", clickHouse.user());
        properties.setProperty("password", EndpointCalls.password(clickHouse));
        return DriverManager.getConnection(
                "jdbc:clickhouse:" + clickHouse.url().toString().replace("http:", "") + "/t", properties);
    }

    private static List<String> column(ResultSet rows, String name) throws SQLException {
        var values = new ArrayList<String>();
        try (rows) {
            while (rows.next()) {
                values.add(rows.getString(name));
            }
        }
        return values;
    }

    @Test
    void theMetadataOfATableIsThere() throws SQLException {
        try (var connection = connect()) {
            var metadata = connection.getMetaData();

            assertThat(metadata.getDatabaseProductName()).isEqualTo("ClickHouse");
            assertThat(metadata.getDatabaseProductVersion()).startsWith("26.7");
            assertThat(column(metadata.getSchemas(), "TABLE_SCHEM")).contains("t", "system");
            assertThat(column(metadata.getTables(null, "t", "%", null), "TABLE_NAME"))
                    .contains("people");
            assertThat(column(metadata.getColumns(null, "t", "people", "%"), "COLUMN_NAME"))
                    .containsExactly("id", "name", "seen");
            assertThat(column(metadata.getPrimaryKeys(null, "t", "people"), "COLUMN_NAME"))
                    .containsExactly("id");
            assertThat(column(metadata.getTypeInfo(), "TYPE_NAME")).contains("DateTime64", "LowCardinality");
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void aBatchOfPreparedRowsIsReadBack() throws SQLException {
        try (var connection = connect();
                var insert = connection.prepareStatement("INSERT INTO people (id, name, seen) VALUES (?, ?, ?)")) {
            for (int i = 0; i < 500; i++) {
                insert.setLong(1, i);
                insert.setString(2, "a'b\n\n\\ " + i);
                insert.setTimestamp(3, java.sql.Timestamp.valueOf("2026-01-02 03:04:05.123456"));
                insert.addBatch();
            }
            insert.executeBatch();
            try (var select = connection.prepareStatement("SELECT name FROM people WHERE id = ?")) {
                select.setLong(1, 42);
                assertThat(column(select.executeQuery(), "name")).containsExactly("a'b\n\n\\ 42");
            }
        }
    }

    @Test
    void aLongResultIsReadRowByRow() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT number, toString(number) AS s FROM numbers(2000000)")) {
            long sum = 0;
            long count = 0;
            while (rows.next()) {
                sum += rows.getLong(1);
                count++;
            }

            assertThat(count).isEqualTo(2_000_000);
            assertThat(sum).isEqualTo(1_999_999L * 1_000_000L);
        }
    }

    @Test
    void aResultThatFailsLateFailsTheReader() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT throwIf(number = 9000000), number FROM numbers(10000000)"
                        + " SETTINGS max_threads = 1")) {
            assertThatThrownBy(() -> {
                        long count = 0;
                        while (rows.next()) {
                            count++;
                        }
                        assertThat(count).as("rows, though the query failed").isZero();
                    })
                    .isNotInstanceOf(AssertionError.class);
        }
    }

    @Test
    void cancelEndsARunningQuery() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            var endless = CompletableFuture.supplyAsync(() -> {
                try (var rows = statement.executeQuery("SELECT count() FROM numbers(1000000000000)")) {
                    return "answered " + rows.next();
                } catch (SQLException e) {
                    return e.getMessage();
                }
            });
            await().until(() -> EndpointCalls.to(clickHouse)
                    .sql("SELECT count() FROM system.processes WHERE query LIKE '%1000000000000%'"
                            + " AND query NOT LIKE '%processes%'")
                    .equals("1"));

            statement.cancel();

            assertThat(endless.orTimeout(30, TimeUnit.SECONDS).join()).contains("394");
        }
    }
}
