package io.ag06.local.clickhouse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A {@code clickhouse} binary, started as a server on the data directory: loopback only, HTTP only, the same user and
 * password as the embedded engine.
 *
 * <p>Tested without the binary: its configuration, its command line and its supervision, with a script in its place. A
 * real server was not run by this build.
 */
final class ServerBinary {
    /**
     * Runs the server and stops it when standard input ends, as the embedded engine's process does by itself. The
     * server alone can't: it would outlive a killed parent.
     */
    private static final String SUPERVISE = """
            exec 3<&0
            "$@" </dev/null &
            server=$!
            trap 'kill -TERM "$server"' TERM
            ( cat <&3 >/dev/null; kill -TERM "$server" 2>/dev/null ) &
            watch=$!
            wait "$server"
            status=$?
            while kill -0 "$server" 2>/dev/null; do wait "$server"; status=$?; done
            kill "$watch" 2>/dev/null
            exit "$status"
            """;

    private final Path binary;
    private final Path data;

    /**
     * A server on a directory.
     *
     * @param binary {@code clickhouse}
     * @param data the data directory; the server keeps its part in {@code server} below it
     */
    ServerBinary(Path binary, Path data) {
        this.binary = binary;
        this.data = data;
    }

    /** Where a server keeps things in a data directory. */
    static Path home(Path data) {
        return data.resolve("server");
    }

    /** Starts the server; it answers some time later. */
    Process start(int port, Credentials credentials) throws IOException {
        Path home = home(data);
        Files.createDirectories(home);
        Path configuration = home.resolve("config.xml");
        Files.writeString(configuration, configuration(port, credentials));
        return new ProcessBuilder(command(configuration))
                .directory(home.toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    /** What the server prints. */
    Path log() {
        return home(data).resolve("server.log");
    }

    List<String> command(Path configuration) {
        return new ArrayList<>(
                List.of("sh", "-c", SUPERVISE, "sh", binary.toString(), "server", "--config-file=" + configuration));
    }

    /** The server's configuration: nothing but what the local stack needs. */
    String configuration(int port, Credentials credentials) {
        String home = SqlText.escapeXml(home(data).toString());
        return """
                <!-- Written by ag06 at each start. -->
                <clickhouse>
                  <logger>
                    <level>information</level>
                    <console>1</console>
                  </logger>
                  <listen_host>127.0.0.1</listen_host>
                  <http_port>%1$d</http_port>
                  <path>%2$s/data/</path>
                  <tmp_path>%2$s/tmp/</tmp_path>
                  <user_files_path>%2$s/user_files/</user_files_path>
                  <format_schema_path>%2$s/format_schemas/</format_schema_path>
                  <user_directories>
                    <users_xml>
                      <path>config.xml</path>
                    </users_xml>
                  </user_directories>
                  <profiles>
                    <default/>
                  </profiles>
                  <quotas>
                    <default/>
                  </quotas>
                  <users>
                    <default>
                      <password_sha256_hex>%3$s</password_sha256_hex>
                      <networks>
                        <ip>127.0.0.1</ip>
                      </networks>
                      <profile>default</profile>
                      <quota>default</quota>
                    </default>
                  </users>
                </clickhouse>
                """.formatted(port, home, sha256(credentials.password()));
    }

    /** A port that is free now; a server can't tell which one it took. */
    static int freePort(int wanted) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            return socket.getLocalPort();
        } catch (java.net.BindException e) {
            throw new LocalClickHouseException(EndpointSettings.takenPort(wanted), e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
