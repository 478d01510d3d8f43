package io.ag06.sql.migrate;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigratorTest {
    @Test
    void aServerThatDoesNotListenIsOneClearLine() throws IOException {
        var url = URI.create("http://127.0.0.1:" + closedPort());

        assertThatThrownBy(() -> Migrator.migrate(url, "default", "secret", "ag06"))
                .isInstanceOf(MigrationException.class)
                .hasMessageStartingWith("ClickHouse at " + url + " can't be reached (user default): ")
                .hasMessageContaining("Start it, or give the URL of one that runs")
                .hasMessageNotContainingAny("\n", "secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:8123", "tcp://127.0.0.1:9000", "jdbc:clickhouse://127.0.0.1:8123", "http:///ag06"})
    void aUrlThatNamesNoHttpInterfaceIsRefused(String url) {
        assertThatThrownBy(() -> Migrator.migrate(URI.create(url), "default", "", "ag06"))
                .isInstanceOf(MigrationException.class)
                .hasMessage("The ClickHouse URL is " + url
                        + ", which names no HTTP interface. Give one such as http://127.0.0.1:8123.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "system", "INFORMATION_SCHEMA", "", "ag06; DROP DATABASE x", "ag06`", "6ag"})
    void aDatabaseThatIsNotOursIsRefused(String database) {
        assertThatThrownBy(() -> Migrator.migrate(URI.create("http://127.0.0.1:1"), "default", "", database))
                .isInstanceOf(MigrationException.class)
                .hasMessageStartingWith("The database is to be " + database + ", which is reserved or no plain name.");
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
