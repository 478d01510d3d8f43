package io.ag06.local.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** GETs JSON from one server, whole and in time. */
final class JsonClient implements FlinkProbe.Rest {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http;
    private final String server;
    private final Duration timeout;

    /** @param timeout for a whole answer */
    JsonClient(URI server, Duration timeout) {
        this.http = HttpClient.newBuilder().connectTimeout(timeout).build();
        this.server = server.toString().replaceFirst("/$", "");
        this.timeout = timeout;
    }

    @Override
    public JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + path)).build();
        CompletableFuture<HttpResponse<byte[]>> response =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        try {
            HttpResponse<byte[]> answer = response.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (answer.statusCode() != 200) {
                throw new IOException("%s answers %s with status %d".formatted(server, path, answer.statusCode()));
            }
            return JSON.readTree(answer.body());
        } catch (TimeoutException e) {
            response.cancel(true);
            throw new IOException("no answer from %s within %d s".formatted(server, timeout.toSeconds()), e);
        } catch (ExecutionException e) {
            throw new IOException("no answer from %s: %s".formatted(server, reason(e.getCause())), e);
        }
    }

    private static String reason(Throwable cause) {
        return cause instanceof ConnectException ? "connection refused" : cause.toString();
    }
}
