package io.ag06.local.health;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest reading over HTTP. Whoever asks waits for nobody: nothing is read for them. */
final class MonitorServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MonitorServer.class);
    private static final int THREADS = 8;
    private static final Duration SILENT_CONNECTION = Duration.ofSeconds(30);

    private final Server server;
    private final ServerConnector connector;

    private MonitorServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /** Opens the door; throws with one line where somebody else listens there. */
    static MonitorServer open(Door door, Supplier<Health> health, InstantSource clock) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setDaemon(true);
        threads.setName("monitor http");
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(door.host());
        connector.setPort(door.port());
        connector.setIdleTimeout(SILENT_CONNECTION.toMillis());
        server.addConnector(connector);
        server.setHandler(new Answers(door, health, clock));
        try {
            server.start();
        } catch (Exception e) { // What Server.start declares.
            throw new IOException(
                    "The monitor can't listen on %s:%d (%s); stop what listens there or choose another port"
                            .formatted(door.host(), door.port(), e.getMessage()),
                    e);
        }
        return new MonitorServer(server, connector);
    }

    /** Its address on this machine. */
    URI url() {
        return URI.create("http://%s:%d".formatted(connector.getHost(), connector.getLocalPort()));
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) { // What Server.stop declares.
            LOG.warn("The monitor's server didn't stop cleanly", e);
        }
    }

    /** One path, one answer. */
    private static final class Answers extends Handler.Abstract.NonBlocking {
        private final PrometheusTextFormatWriter metrics =
                PrometheusTextFormatWriter.builder().build();
        private final Door door;
        private final Supplier<Health> health;
        private final InstantSource clock;

        Answers(Door door, Supplier<Health> health, InstantSource clock) {
            this.door = door;
            this.health = health;
            this.clock = clock;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws IOException {
            if (!door.lets(request.getHeaders().get(HttpHeader.AUTHORIZATION))) {
                response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
                text(response, HttpStatus.UNAUTHORIZED_401, "Show the token: Authorization: Bearer TOKEN\n", callback);
                return true;
            }
            Instant now = clock.instant();
            Health newest = health.get();
            switch (request.getHttpURI().getDecodedPath()) {
                case "/healthz" ->
                    json(
                            response,
                            newest.isWell(now) ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503,
                            HealthJson.verdict(newest, now),
                            callback);
                case "/status" -> json(response, HttpStatus.OK_200, HealthJson.whole(newest, now), callback);
                case "/metrics" -> {
                    ByteArrayOutputStream text = new ByteArrayOutputStream();
                    metrics.write(text, Exposition.of(newest));
                    answer(response, HttpStatus.OK_200, metrics.getContentType(), text.toByteArray(), callback);
                }
                default ->
                    text(
                            response,
                            HttpStatus.NOT_FOUND_404,
                            "Here are /healthz, /metrics and /status, and nothing else\n",
                            callback);
            }
            return true;
        }

        private static void json(Response response, int status, ObjectNode json, Callback callback) {
            answer(
                    response,
                    status,
                    "application/json",
                    (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8),
                    callback);
        }

        private static void text(Response response, int status, String text, Callback callback) {
            answer(response, status, "text/plain; charset=UTF-8", text.getBytes(StandardCharsets.UTF_8), callback);
        }

        private static void answer(Response response, int status, String type, byte[] body, Callback callback) {
            response.setStatus(status);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
            response.write(true, ByteBuffer.wrap(body), callback);
        }
    }
}
