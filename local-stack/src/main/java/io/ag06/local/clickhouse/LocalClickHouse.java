package io.ag06.local.clickhouse;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ClickHouse that the local stack uses: the embedded engine in a process of its own, or a {@code clickhouse} binary
 * found on the PATH ({@code ServerBinary} says what of that was not run). It ends when this process does, however that
 * ends.
 *
 * <p>A data directory stays with what it was made with: the two keep their tables differently.
 */
public final class LocalClickHouse implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalClickHouse.class);

    /** Opening a large directory after a kill takes seconds, waiting for a previous owner up to half a minute. */
    private static final Duration START = Duration.ofSeconds(90);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final Duration STOP = Duration.ofSeconds(20);

    private final Process process;
    private final URI url;
    private final Path passwordFile;

    private LocalClickHouse(Process process, int port, Path passwordFile) {
        this.process = process;
        this.url = URI.create("http://127.0.0.1:" + port);
        this.passwordFile = passwordFile;
    }

    /**
     * Starts ClickHouse and waits until it answers. Fetches the engine at first use, with progress on standard error.
     *
     * @param dataDirectory its tables, password and log; created where it is missing
     * @param port on 127.0.0.1; 0 for a free one
     * @throws LocalClickHouseException with one line where it can't be had: a taken port, a directory in use, an engine
     *     that can't be fetched
     */
    public static LocalClickHouse start(Path dataDirectory, int port) {
        Path data = dataDirectory.toAbsolutePath().normalize();
        var binary = SearchPath.of(System.getenv()).find("clickhouse");
        boolean embedded = Files.exists(data.resolve("engine")) || System.getenv("AG06_CHDB_LIBRARY") != null;
        if (binary.isPresent() && !embedded) {
            return start(new ServerBinary(binary.get(), data), data, port);
        }
        if (Files.exists(ServerBinary.home(data)) && !embedded) {
            throw new LocalClickHouseException("The data in " + data + " belongs to a ClickHouse server, but there is"
                    + " no clickhouse binary on the PATH any more; put it back or choose another directory");
        }
        return start(EndpointSettings.in(data, port, EngineLibrary.here().locate()));
    }

    /** Starts the embedded engine. */
    static LocalClickHouse start(EndpointSettings settings) {
        try {
            Files.createDirectories(settings.work());
            Credentials.in(settings.passwordFile());
            var process = new ProcessBuilder(command(settings))
                    .directory(settings.work().toFile())
                    .redirectError(
                            ProcessBuilder.Redirect.appendTo(settings.log().toFile()))
                    .start();
            return new LocalClickHouse(process, portOf(process, settings), settings.passwordFile());
        } catch (IOException e) {
            throw cantStart(settings.data(), e);
        }
    }

    /** Starts a server. */
    static LocalClickHouse start(ServerBinary server, Path data, int wantedPort) {
        try {
            Files.createDirectories(data);
            Path passwordFile = data.resolve("password");
            int port = ServerBinary.freePort(wantedPort);
            var clickHouse = new LocalClickHouse(server.start(port, Credentials.in(passwordFile)), port, passwordFile);
            clickHouse.awaitAnswer(server.log());
            return clickHouse;
        } catch (IOException e) {
            throw cantStart(data, e);
        }
    }

    private static LocalClickHouseException cantStart(Path data, IOException e) {
        return new LocalClickHouseException("ClickHouse can't be started in " + data + ": " + e.getMessage(), e);
    }

    private void awaitAnswer(Path log) {
        long end = System.nanoTime() + START.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                kill();
                throw new LocalClickHouseException(
                        "The ClickHouse server on " + url + " doesn't answer; its last words are in " + log);
            }
            if (Thread.currentThread().isInterrupted()) {
                kill();
                throw new LocalClickHouseException("The start of ClickHouse was interrupted");
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    private boolean answers() {
        try {
            var connection = (HttpURLConnection) url.resolve("/ping").toURL().openConnection();
            connection.setConnectTimeout((int) LOOK_AGAIN.toMillis());
            connection.setReadTimeout((int) STOP.toMillis());
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            LOG.debug("{} doesn't answer yet: {}", url, e.getMessage());
            return false;
        }
    }

    private static List<String> command(EndpointSettings settings) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:ErrorFile=" + settings.data().resolve("crash-%p.log"));
        command.add("-Dlog4j2.configurationFile=classpath:io/ag06/local/clickhouse/endpoint-log4j2.xml");
        command.add("-cp");
        // The child works elsewhere.
        command.add(Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator)));
        command.add(EndpointMain.class.getName());
        command.addAll(settings.arguments());
        return command;
    }

    private static int portOf(Process process, EndpointSettings settings) throws IOException {
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var firstLine = CompletableFuture.supplyAsync(() -> {
            try {
                return out.readLine();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        try {
            String line = firstLine.get(START.toSeconds(), TimeUnit.SECONDS);
            if (line != null && line.startsWith(EndpointMain.LISTENING)) {
                return Integer.parseInt(line.substring(EndpointMain.LISTENING.length()));
            }
            if (line != null && line.startsWith(EndpointMain.FAILED)) {
                throw new LocalClickHouseException(line.substring(EndpointMain.FAILED.length()));
            }
            throw new LocalClickHouseException(
                    "The ClickHouse process ended before it answered; its last words are in " + settings.log());
        } catch (ExecutionException e) {
            throw new IOException("its output can't be read", e);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            throw new LocalClickHouseException(
                    "ClickHouse didn't answer within " + START.toSeconds() + " s; see " + settings.log(), e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new LocalClickHouseException("The start of ClickHouse was interrupted", e);
        }
    }

    /** Where it answers, {@code http://127.0.0.1:PORT}. */
    public URI url() {
        return url;
    }

    /** The one user of the embedded engine, {@code default}. */
    public String user() {
        return Credentials.USER;
    }

    /** Holds the generated password; readable by its owner only, the same over restarts. */
    public Path passwordFile() {
        return passwordFile;
    }

    /** The process that holds the engine. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Ends the process as {@code kill -9} does and waits for its end: for tests of crashes. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        await();
    }

    /** Stops it in order: running queries are ended, tables closed. */
    @Override
    public void close() {
        try {
            // The end of its standard input tells it to stop.
            process.getOutputStream().close();
        } catch (IOException e) {
            LOG.debug("The process has ended already", e);
        }
        if (!await()) {
            LOG.warn("ClickHouse {} didn't stop within {} s and was killed", url, STOP.toSeconds());
            kill();
        }
    }

    private boolean await() {
        try {
            return process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
