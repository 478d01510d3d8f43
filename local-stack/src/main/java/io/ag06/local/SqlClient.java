package io.ag06.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ag06.sql.Tables;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Questions to ClickHouse in SQL, over its HTTP interface; answers are streamed. */
public final class SqlClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final ClickHouseAddress address;

    public SqlClient(ClickHouseAddress address) {
        this.address = address;
    }

    /**
     * The answer in one of ClickHouse's formats, unless the query names its own.
     *
     * @throws StackException with the server's words, where it refuses
     */
    public InputStream query(String sql, String format) {
        HttpRequest request = request(sql, format);
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                try (InputStream body = response.body()) {
                    throw refusal(body.readAllBytes());
                }
            }
            return response.body();
        } catch (IOException e) {
            throw new StackException(
                    "ClickHouse does not answer at %s (%s); is the stack up? See: ag06 status"
                            .formatted(address.url(), e.getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while waiting for ClickHouse", e);
        }
    }

    private HttpRequest request(String sql, String format) {
        URI uri = URI.create("%s/?database=%s&default_format=%s"
                .formatted(
                        withoutSlash(address.url()),
                        Tables.DATABASE,
                        URLEncoder.encode(format, StandardCharsets.UTF_8)));
        return HttpRequest.newBuilder(uri)
                .header("X-ClickHouse-User", address.user())
                .header("X-ClickHouse-Key", address.password())
                .POST(HttpRequest.BodyPublishers.ofString(sql))
                .build();
    }

    private static StackException refusal(byte[] words) {
        return new StackException("ClickHouse refuses: " + new String(words, StandardCharsets.UTF_8).strip());
    }

    /** The answer's rows, each an object by column. */
    public List<JsonNode> rows(String sql) {
        List<JsonNode> rows = new ArrayList<>();
        try (InputStream answer = query(sql, "JSONEachRow")) {
            JSON.readerFor(JsonNode.class).<JsonNode>readValues(answer).forEachRemaining(rows::add);
        } catch (IOException e) {
            throw new StackException("The answer to '%s' broke off: %s".formatted(sql, e.getMessage()), e);
        }
        return rows;
    }

    /**
     * The same, whole and in time.
     *
     * @throws IOException with one line, where there is no answer in that time or the server refuses
     */
    public List<JsonNode> rows(String sql, Duration timeout) throws IOException, InterruptedException {
        HttpRequest request;
        try {
            request = request(sql, "JSONEachRow");
        } catch (StackException e) { // The password can't be read.
            throw new IOException(e.getMessage(), e);
        }
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        try {
            HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new IOException(refusal(response.body()).getMessage());
            }
            return JSON.readerFor(JsonNode.class)
                    .<JsonNode>readValues(response.body())
                    .readAll();
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no answer from %s within %d s".formatted(address.url(), timeout.toSeconds()), e);
        } catch (ExecutionException e) {
            String reason = e.getCause() instanceof ConnectException
                    ? "connection refused"
                    : e.getCause().toString();
            throw new IOException("no answer from %s: %s".formatted(address.url(), reason), e);
        }
    }

    /** The only row's first column as a whole number. */
    public long number(String sql) {
        return rows(sql).get(0).elements().next().asLong();
    }

    /** A text as it is written in a query. */
    public static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static String withoutSlash(URI url) {
        String text = url.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
