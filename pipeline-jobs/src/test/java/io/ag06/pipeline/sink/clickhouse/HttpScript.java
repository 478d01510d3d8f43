package io.ag06.pipeline.sink.clickhouse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** An HTTP server on loopback that answers every request as a test says, and remembers the requests. */
final class HttpScript implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile Answer answer = exchange -> reply(exchange, 200, "");
    private volatile boolean leavesUnread;
    private volatile Set<String> settings = PinnedSettings.names();
    private final AtomicInteger askedForSettings = new AtomicInteger();

    HttpScript() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            Map<String, String> parameters = parameters(exchange.getRequestURI());
            boolean unread = leavesUnread && parameters.containsKey("query");
            Asked request = new Asked(
                    parameters,
                    exchange.getRequestHeaders().getFirst("X-ClickHouse-Database"),
                    unread ? new byte[0] : exchange.getRequestBody().readAllBytes());
            if (request.query().contains("system.settings")) {
                askedForSettings.incrementAndGet();
                done(exchange, String.join("\n", settings));
            } else {
                asked.add(request);
                answer.to(exchange);
            }
            exchange.close();
        });
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** All but what it was asked about its settings, which it says of itself. */
    List<Asked> asked() {
        return asked;
    }

    int askedForSettings() {
        return askedForSettings.get();
    }

    /** As a server that has these settings of those that it is asked for, and no others. */
    HttpScript knows(String... names) {
        settings = Set.of(names);
        return this;
    }

    /** As ClickHouse answers what it has done. */
    HttpScript answers(String body) {
        answer = exchange -> done(exchange, body);
        return this;
    }

    /** As ClickHouse answers what it can't do. */
    HttpScript fails(int status, int code, String message) {
        answer = exchange -> failure(exchange, status, code, message);
        return this;
    }

    /** Answers the next request that it is too busy, and every other that it is done. */
    HttpScript isBusyOnce() {
        answers("");
        Answer done = answer;
        AtomicBoolean busy = new AtomicBoolean(true);
        answer = exchange -> {
            if (busy.getAndSet(false)) {
                failure(exchange, 503, 202, "too many simultaneous queries");
            } else {
                done.to(exchange);
            }
        };
        return this;
    }

    private static void failure(HttpExchange exchange, int status, int code, String message) throws IOException {
        exchange.getResponseHeaders().add("X-ClickHouse-Exception-Code", Integer.toString(code));
        reply(exchange, status, "Code: %d. DB::Exception: %s".formatted(code, message));
    }

    /** As something answers that is not ClickHouse. */
    HttpScript answersStrangely(int status, String body) {
        answer = exchange -> reply(exchange, status, body);
        return this;
    }

    /** Announces more than it sends, and closes the connection. */
    HttpScript breaksOffAfter(String half) {
        answer = exchange -> {
            exchange.getResponseHeaders().add("X-ClickHouse-Query-Id", "a-query");
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write(half.getBytes(StandardCharsets.US_ASCII));
            exchange.getResponseBody().flush();
        };
        return this;
    }

    /** Takes the request and says nothing. */
    HttpScript hangs() {
        answer = exchange -> awaitEnd();
        return this;
    }

    /** Reads no rows: of an insert no more than its head; and says nothing. */
    HttpScript hangsUnread() {
        leavesUnread = true;
        return hangs();
    }

    /** As a server of one table that carries everything out, and answers all but inserts. */
    HttpScript storesAndDoesNotAnswer() {
        answer = exchange -> {
            String query = asked.get(asked.size() - 1).query();
            if (query.startsWith("INSERT")) {
                awaitEnd();
            } else if (query.contains("engine_full")) {
                done(exchange, "MergeTree ORDER BY a SETTINGS non_replicated_deduplication_window = 10000");
            } else {
                boolean stored =
                        asked.stream().anyMatch(request -> request.query().startsWith("INSERT"));
                done(exchange, stored ? "1" : "0");
            }
        };
        return this;
    }

    /** Begins an answer and does not go on. */
    HttpScript hangsAfter(String half) {
        answer = exchange -> {
            exchange.getResponseHeaders().add("X-ClickHouse-Query-Id", "a-query");
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write(half.getBytes(StandardCharsets.US_ASCII));
            exchange.getResponseBody().flush();
            awaitEnd();
        };
        return this;
    }

    /** Answers one byte after the other, without end, each after a pause. */
    HttpScript trickles(Duration pause) {
        answer = exchange -> {
            exchange.getResponseHeaders().add("X-ClickHouse-Query-Id", "a-query");
            exchange.sendResponseHeaders(200, 0);
            do {
                exchange.getResponseBody().write('1');
                exchange.getResponseBody().flush();
            } while (!endsWithin(pause));
        };
        return this;
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean endsWithin(Duration pause) {
        try {
            return end.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static void done(HttpExchange exchange, String body) throws IOException {
        exchange.getResponseHeaders().add("X-ClickHouse-Query-Id", "a-query");
        exchange.getResponseHeaders().add("X-ClickHouse-Summary", "{\"written_rows\":\"2\"}");
        reply(exchange, 200, body);
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Map<String, String> parameters(URI uri) {
        return Arrays.stream(
                        uri.getRawQuery() == null
                                ? new String[0]
                                : uri.getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1]), (one, other) -> one));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** One request. */
    @SuppressWarnings("ArrayRecordComponent") // Looked into by tests, never compared as a whole.
    record Asked(Map<String, String> parameters, String database, byte[] body) {
        String query() {
            return parameters.getOrDefault("query", new String(body, StandardCharsets.UTF_8));
        }
    }

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }
}
