package io.ag06.local.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A {@code clickhouse} binary in the engine's place; a script stands in for it, a real one was not run. */
class ServerBinaryITCase {
    @TempDir
    Path directory;

    private Path script(String body) throws IOException {
        Path script = directory.resolve("clickhouse");
        Files.writeString(script, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script;
    }

    @Test
    void theConfigurationIsXmlForLoopbackOnlyWithTheHashOfThePassword() throws Exception {
        Path data = directory.resolve("a & b");
        var credentials = Credentials.in(data.resolve("password"));
        String configuration = new ServerBinary(script("exit 0"), data).configuration(8123, credentials);

        var xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new java.io.ByteArrayInputStream(
                        configuration.getBytes(java.nio.charset.StandardCharsets.UTF_8)));

        assertThat(xml.getElementsByTagName("listen_host").item(0).getTextContent())
                .isEqualTo("127.0.0.1");
        assertThat(xml.getElementsByTagName("http_port").item(0).getTextContent())
                .isEqualTo("8123");
        assertThat(xml.getElementsByTagName("tcp_port").getLength()).isZero();
        assertThat(xml.getElementsByTagName("password_sha256_hex").item(0).getTextContent())
                .hasSize(64);
        assertThat(configuration).doesNotContain(credentials.password());
    }

    @Test
    void theServerRunsOnItsConfigurationAndEndsWithStandardInput() throws Exception {
        Path binary =
                script("echo \"$@\" > '" + directory + "/arguments'; echo $$ > '" + directory + "/pid'; exec sleep 60");
        Path data = directory.resolve("data");

        var process = new ServerBinary(binary, data).start(1, Credentials.in(data.resolve("password")));
        await().until(() -> Files.exists(directory.resolve("pid"))
                && !Files.readString(directory.resolve("pid")).isBlank());
        long pid = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
        assertThat(Files.readString(directory.resolve("arguments")).strip())
                .isEqualTo("server --config-file=" + data + "/server/config.xml");
        assertThat(ProcessHandle.of(pid).orElseThrow().isAlive()).isTrue();

        process.getOutputStream().close();

        await().until(() -> !process.isAlive());
        assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false))
                .isFalse();
    }

    @Test
    void aServerThatEndsAtOnceIsOneClearLine() throws IOException {
        var server = new ServerBinary(script("echo no such setting >&2; exit 3"), directory.resolve("data"));

        assertThatThrownBy(() -> LocalClickHouse.start(server, directory.resolve("data"), 0))
                .isInstanceOf(LocalClickHouseException.class)
                .hasMessageContaining("doesn't answer")
                .hasMessageContaining("server.log");
        assertThat(directory.resolve("data/server/server.log")).hasContent("no such setting");
    }
}
