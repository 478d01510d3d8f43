package io.ag06.local.clickhouse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine and the HTTP server in front of it, in this process. */
final class Endpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);

    /** All bodies together; the child has a heap of 512 MiB. */
    private static final long BODY_MEMORY_BYTES = 192L << 20;

    private static final int SPARE_THREADS = 16;
    private static final int LONGEST_HEADER_BYTES = 1 << 20;
    private static final Duration LOOK_AT_DISK = Duration.ofMillis(50);
    private static final Duration LAST_QUERIES = Duration.ofSeconds(5);
    private static final Duration SILENT_CONNECTION = Duration.ofHours(1);

    private final DirectoryLock lock;
    private final Engine engine;
    private final Sessions sessions;
    private final QueryHandler handler;
    private final ScheduledExecutorService housekeeping;
    private final ScheduledFuture<?> expiry;
    private final ScheduledFuture<?> looks;
    private final Server server;
    private final ServerConnector connector;

    private Endpoint(
            DirectoryLock lock,
            Engine engine,
            Sessions sessions,
            QueryHandler handler,
            DiskGuard disk,
            Server server,
            ServerConnector connector) {
        this.lock = lock;
        this.engine = engine;
        this.sessions = sessions;
        this.handler = handler;
        this.server = server;
        this.connector = connector;
        housekeeping = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "sessions");
            thread.setDaemon(true);
            return thread;
        });
        expiry = housekeeping.scheduleWithFixedDelay(sessions::endExpired, 1, 1, TimeUnit.SECONDS);
        looks = housekeeping.scheduleWithFixedDelay(
                disk::look, LOOK_AT_DISK.toMillis(), LOOK_AT_DISK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Opens the directory and listens. Throws {@link LocalClickHouseException} with one line where it can't. */
    static Endpoint open(EndpointSettings settings) throws IOException {
        Files.createDirectories(settings.data());
        var lock = DirectoryLock.take(settings.lock(), Duration.ofSeconds(settings.lockWaitSeconds()));
        emptied(settings.spool());
        var engine = Engine.open(settings.library(), settings.tables(), settings.configuration(), settings.log());
        var sessions = new Sessions(engine, Clock.systemUTC());
        var disk = guardOf(settings.data(), engine);
        disk.look();
        var server = new Server(new QueuedThreadPool(settings.mostQueries() + SPARE_THREADS));
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(LONGEST_HEADER_BYTES);
        var connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(settings.port());
        connector.setIdleTimeout(SILENT_CONNECTION.toMillis());
        server.addConnector(connector);
        var handler = new QueryHandler(
                settings,
                engine,
                Credentials.in(settings.passwordFile()),
                sessions,
                disk,
                new MemoryBudget(BODY_MEMORY_BYTES));
        server.setHandler(handler);
        var endpoint = new Endpoint(lock, engine, sessions, handler, disk, server, connector);
        try {
            server.start();
        } catch (Exception e) {
            endpoint.close();
            throw refused(settings, e);
        }
        LOG.info("Listening on 127.0.0.1:{}", connector.getLocalPort());
        return endpoint;
    }

    private static DiskGuard guardOf(Path data, Engine engine) throws IOException {
        FileStore disk = Files.getFileStore(data);
        return new DiskGuard(
                () -> usableBytes(disk), DiskGuard.reserveOf(disk.getTotalSpace()), new DiskGuard.Merges() {
                    @Override
                    public void stop() throws EngineException {
                        engine.ask("SYSTEM STOP MERGES");
                    }

                    @Override
                    public void start() throws EngineException {
                        engine.ask("SYSTEM START MERGES");
                    }
                });
    }

    private static long usableBytes(FileStore disk) {
        try {
            return disk.getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException("The disk does not say how full it is", e);
        }
    }

    int port() {
        return connector.getLocalPort();
    }

    private static LocalClickHouseException refused(EndpointSettings settings, Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return new LocalClickHouseException(EndpointSettings.takenPort(settings.port()), e);
            }
        }
        return new LocalClickHouseException("The ClickHouse endpoint can't listen: " + e.getMessage(), e);
    }

    private static void emptied(Path directory) throws IOException {
        Files.createDirectories(directory);
        try (var leftOvers = Files.newDirectoryStream(directory)) {
            for (Path leftOver : leftOvers) {
                Files.delete(leftOver);
            }
        }
    }

    /** Stops listening, ends the SELECTs, waits for the rest, closes the engine, which would wait for what runs. */
    @Override
    public void close() {
        connector.close();
        try {
            engine.ask("KILL QUERY WHERE query_kind = 'Select' ASYNC");
        } catch (EngineException e) {
            LOG.warn("The running queries can't be ended: {}", e.getMessage());
        }
        if (!handler.quiesce(LAST_QUERIES)) {
            LOG.warn("Queries still run after {} s", LAST_QUERIES.toSeconds());
        }
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("The HTTP server didn't stop cleanly", e);
        }
        expiry.cancel(false);
        looks.cancel(false);
        housekeeping.shutdownNow();
        sessions.close();
        engine.close();
        lock.close();
    }
}
