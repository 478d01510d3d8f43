package io.ag06.local.clickhouse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;

/** Plain HTTP calls to an endpoint, as a program without any driver makes them. */
final class EndpointCalls {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI url;
    private final String authorization;

    private EndpointCalls(URI url, String authorization) {
        this.url = url;
        this.authorization = authorization;
    }

    static EndpointCalls to(LocalClickHouse clickHouse) {
        return new EndpointCalls(clickHouse.url(), basic(clickHouse.user(), password(clickHouse)));
    }

    static String password(LocalClickHouse clickHouse) {
        try {
            return Files.readString(clickHouse.passwordFile()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    String authorization() {
        return authorization;
    }

    /** A request to path and query, to which a test adds what it is about. */
    HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(url.resolve(pathAndQuery)).header("Authorization", authorization);
    }

    HttpResponse<byte[]> send(HttpRequest request) {
        return send(request, BodyHandlers.ofByteArray());
    }

    <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return HTTP.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<byte[]> post(String pathAndQuery, byte[] body) {
        return send(request(pathAndQuery).POST(BodyPublishers.ofByteArray(body)).build());
    }

    /** The text that a statement gives, which must succeed. */
    String sql(String statement) {
        return sql(statement, "");
    }

    /** The same with more parameters in the URL, {@code &name=value}. */
    String sql(String statement, String parameters) {
        var response = post("/?" + parameters, statement.getBytes(StandardCharsets.UTF_8));
        String text = new String(response.body(), StandardCharsets.UTF_8);
        if (response.statusCode() != 200) {
            throw new AssertionError(statement + " gave " + response.statusCode() + " " + text);
        }
        return text.strip();
    }

    /** Inserts a body in a format by a statement in the URL. */
    HttpResponse<byte[]> insert(String statement, byte[] body, String parameters) {
        return post("/?query=" + encode(statement) + parameters, body);
    }

    /** Sends bytes on a bare socket, closes its sending side, and gives what came back to the end. */
    byte[] exchange(byte[]... parts) throws IOException {
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            for (byte[] part : parts) {
                socket.getOutputStream().write(part);
                socket.getOutputStream().flush();
            }
            socket.shutdownOutput();
            return readToEnd(socket.getInputStream());
        }
    }

    private static byte[] readToEnd(InputStream in) {
        var all = new ByteArrayOutputStream();
        try {
            in.transferTo(all);
        } catch (IOException e) {
            // A connection that is reset says as much as one that ends.
            return all.toByteArray();
        }
        return all.toByteArray();
    }
}
