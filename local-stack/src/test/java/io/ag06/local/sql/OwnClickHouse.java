package io.ag06.local.sql;

import io.ag06.local.clickhouse.LocalClickHouse;
import io.ag06.sql.migrate.MigrationReport;
import io.ag06.sql.migrate.Migrator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A ClickHouse engine of a test's own, spoken to over JDBC. */
final class OwnClickHouse implements AutoCloseable {
    private final LocalClickHouse clickHouse;
    private final String password;
    private final Connection connection;

    private OwnClickHouse(LocalClickHouse clickHouse, String password, Connection connection) {
        this.clickHouse = clickHouse;
        this.password = password;
        this.connection = connection;
    }

    static OwnClickHouse start(Path data) {
        var clickHouse = LocalClickHouse.start(data, 0);
        try {
            var password = Files.readString(clickHouse.passwordFile()).strip();
            var properties = new Properties();
            properties.setProperty("user", clickHouse.user());
            properties.setProperty("password", password);
            var connection =
                    DriverManager.getConnection("jdbc:clickhouse:" + clickHouse.url() + "/default", properties);
            return new OwnClickHouse(clickHouse, password, connection);
        } catch (IOException e) {
            clickHouse.close();
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            clickHouse.close();
            throw new IllegalStateException(e);
        }
    }

    URI url() {
        return clickHouse.url();
    }

    String user() {
        return clickHouse.user();
    }

    String password() {
        return password;
    }

    MigrationReport migrate(String database) {
        return Migrator.migrate(url(), user(), password, database);
    }

    /** Names without a database mean this one's from now on. */
    void use(String database) {
        try {
            connection.setSchema(database);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void run(String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of each row, as text. */
    List<String> column(String sql) {
        return rows(sql, row -> row.getString(1));
    }

    <T> List<T> rows(String sql, RowReader<T> reader) {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            var rows = new ArrayList<T>();
            while (result.next()) {
                rows.add(reader.read(result));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            clickHouse.close();
        }
    }

    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
