package io.ag06.local.clickhouse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ClickHouse's HTTP interface. Each request: who asks, how many ask already, the body to its end, then the statement. A
 * body that ends before its time (client gone, length short, last chunk missing) is an error before anything runs.
 */
final class QueryHandler extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(QueryHandler.class);

    private final EndpointSettings settings;
    private final Engine engine;
    private final Credentials credentials;
    private final Sessions sessions;
    private final RunningQueries running = new RunningQueries();
    private final MemoryBudget memory;
    private final QueryRunner runner;
    private final Semaphore slots;

    QueryHandler(
            EndpointSettings settings,
            Engine engine,
            Credentials credentials,
            Sessions sessions,
            DiskGuard disk,
            MemoryBudget memory) {
        this.settings = settings;
        this.engine = engine;
        this.credentials = credentials;
        this.sessions = sessions;
        this.memory = memory;
        this.runner = new QueryRunner(settings, memory, disk);
        this.slots = new Semaphore(settings.mostQueries());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        // A query may take longer than a silent connection may last.
        request.addIdleTimeoutListener(timeout -> false);
        var answer = new Answer(response, engine);
        try {
            try {
                route(request, answer);
            } catch (EngineException e) {
                LOG.debug("Refused: {}", e.getMessage());
                if (answer.isCommitted()) {
                    throw e;
                }
                answer.error(e);
            } catch (BodyException e) {
                answer.error(e.asEngineException());
            } catch (RuntimeException e) {
                LOG.error("A request failed for a reason of the endpoint's own", e);
                if (answer.isCommitted()) {
                    throw e;
                }
                answer.error(new EngineException(EngineException.STD_EXCEPTION, "The endpoint failed: " + e, e));
            }
            callback.succeeded();
        } catch (Exception e) {
            // Fails the connection: after the status line only a torn body tells the client.
            LOG.info("A request ended early: {}", e.toString());
            callback.failed(e);
        }
        return true;
    }

    private void route(Request request, Answer answer) throws EngineException, IOException {
        String path = request.getHttpURI().getDecodedPath();
        switch (path) {
            case "/ping", "/replicas_status" -> answer.text("Ok.\n");
            case "/" -> root(request, answer);
            default -> answer.notFound(path);
        }
    }

    private void root(Request request, Answer answer) throws EngineException, IOException {
        var fields = Request.extractQueryParameters(request, StandardCharsets.UTF_8);
        boolean post = request.getMethod().toUpperCase(Locale.ROOT).equals("POST");
        if (!post && fields.get("query") == null) {
            answer.text("Ok.\n");
            return;
        }
        requirePassword(request, fields);
        if (!slots.tryAcquire()) {
            throw new EngineException(
                    EngineException.TOO_MANY_SIMULTANEOUS_QUERIES,
                    "Too many simultaneous queries. Maximum: " + settings.mostQueries()
                            + ". (TOO_MANY_SIMULTANEOUS_QUERIES)");
        }
        try (var release = new Release()) {
            release.add(slots::release);
            query(request, fields, answer, release);
        }
    }

    private void query(Request request, Fields fields, Answer answer, Release release)
            throws EngineException, IOException {
        var query = QueryRequest.of(request, fields);
        try (var body = newSpool()) {
            receive(request, query, body);
            String contentType = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
            if (FormFields.isForm(contentType)) {
                var form = QueryRequest.of(request, FormFields.merged(fields, contentType, body));
                try (var nothing = newSpool()) {
                    run(request, form, nothing, answer, release);
                }
            } else {
                run(request, query, body, answer, release);
            }
        }
    }

    private void run(Request request, QueryRequest query, Spool body, Answer answer, Release release)
            throws EngineException, IOException {
        if (!query.roles().isEmpty()) {
            throw new EngineException(
                    EngineException.UNKNOWN_ROLE,
                    "There is no role `" + query.roles().get(0)
                            + "`: the embedded engine has one user and no roles. (UNKNOWN_ROLE)");
        }
        running.add(query.queryId());
        release.add(() -> running.remove(query.queryId()));
        var lease = sessions.lease(query);
        release.add(lease::close);
        runner.run(new QueryTurn(query, body, lease.connection(), answer, release, () -> watch(request, query)));
    }

    private ClientWatch watch(Request request, QueryRequest query) {
        return ClientWatch.over(request, () -> {
            LOG.info("The client of query {} has left; the query is ended", query.queryId());
            try {
                engine.ask(RunningQueries.killStatement(query.queryId()));
            } catch (EngineException e) {
                LOG.warn("Query {} can't be ended: {}", query.queryId(), e.getMessage());
            }
        });
    }

    private Spool newSpool() {
        return new Spool(memory, settings.spool(), settings.mostBodyBytes(), EngineException.REQUEST_TOO_LARGE);
    }

    /** Lets nothing start any more and waits for what runs; whether all of it ended in time. */
    boolean quiesce(Duration patience) {
        try {
            return slots.tryAcquire(settings.mostQueries(), patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Reads the body to the end that HTTP gives it, whatever its compression believes its end to be. */
    private static void receive(Request request, QueryRequest query, Spool body) throws IOException {
        var raw = new ReceivedBytes(Content.Source.asInputStream(request));
        try {
            InputStream in = query.requestCoding().decoding(raw);
            if (query.compressedBody()) {
                in = NativeBlocks.decoding(in);
            }
            body.fill(in);
        } catch (BodyException e) {
            throw e;
        } catch (IOException e) {
            if (raw.isTorn()) {
                throw e;
            }
            throw new BodyException(
                    EngineException.CANNOT_DECOMPRESS,
                    "The body can't be decompressed: " + e.getMessage() + ". (CANNOT_DECOMPRESS)",
                    e);
        }
        if (raw.read() >= 0) {
            throw new BodyException(
                    EngineException.CANNOT_DECOMPRESS,
                    "Bytes follow the end of the compressed body. (CANNOT_DECOMPRESS)");
        }
    }

    private void requirePassword(Request request, Fields fields) throws EngineException {
        String user = fields.getValue("user");
        String password = fields.getValue("password");
        var headers = request.getHeaders();
        if (headers.contains("X-ClickHouse-User") || headers.contains("X-ClickHouse-Key")) {
            user = headers.get("X-ClickHouse-User");
            password = headers.get("X-ClickHouse-Key");
        }
        String authorization = headers.get(HttpHeader.AUTHORIZATION);
        if (authorization != null) {
            String[] parts = authorization.strip().split("\\s+", 2);
            String secret = parts.length == 2 ? parts[1] : "";
            if (parts[0].toLowerCase(Locale.ROOT).equals("bearer")) {
                user = Credentials.USER;
                password = secret;
            } else if (parts[0].toLowerCase(Locale.ROOT).equals("basic")) {
                String[] pair = basic(secret).split(":", 2);
                user = pair[0];
                password = pair.length == 2 ? pair[1] : "";
            }
        }
        String name = Optional.ofNullable(user).orElse(Credentials.USER);
        if (!credentials.match(name, Optional.ofNullable(password).orElse(""))) {
            throw new EngineException(
                    EngineException.AUTHENTICATION_FAILED,
                    name + ": Authentication failed: password is incorrect, or there is no user with such name."
                            + " The password is in " + settings.passwordFile() + " (AUTHENTICATION_FAILED)");
        }
    }

    private static String basic(String secret) {
        try {
            return new String(Base64.getDecoder().decode(secret), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            LOG.debug("Basic credentials that are no Base64", e);
            return "";
        }
    }
}
