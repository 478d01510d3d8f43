package io.ag06.local.clickhouse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/**
 * What a request's line and headers ask for. A parameter that is none of ClickHouse's HTTP parameters is a setting by
 * its name.
 *
 * @param queryId the client's, or one drawn here
 * @param statement the URL's {@code query}; the body follows it
 * @param database empty for the connection's own
 * @param format of a result whose statement names none
 * @param readOnly a GET changes nothing
 * @param compressedAnswer native blocks ({@code compress=1})
 * @param compressedBody native blocks ({@code decompress=1})
 * @param requestCoding HTTP's compression of the body
 * @param answerCoding HTTP's compression of the answer, where the client asked for it
 * @param waitForEnd the whole result first, then the status line
 * @param parameters values of {@code {name:Type}}
 * @param settings in the order of the request
 */
record QueryRequest(
        String queryId,
        Optional<String> statement,
        Optional<String> database,
        String format,
        boolean readOnly,
        boolean compressedAnswer,
        boolean compressedBody,
        ContentCoding requestCoding,
        ContentCoding answerCoding,
        boolean waitForEnd,
        Optional<SessionRequest> session,
        List<String> roles,
        Map<String, String> parameters,
        Map<String, String> settings) {

    /** What isn't a setting. */
    private static final Set<String> HTTP_PARAMETERS = Set.of(
            "query",
            "query_id",
            "database",
            "default_format",
            "user",
            "password",
            "quota_key",
            "role",
            "session_id",
            "session_timeout",
            "session_check",
            "close_session",
            "compress",
            "decompress",
            "wait_end_of_query",
            "buffer_size",
            "stacktrace",
            "client_protocol_version");

    static QueryRequest of(Request request, Fields fields) throws EngineException {
        var headers = request.getHeaders();
        var parameters = new LinkedHashMap<String, String>();
        var settings = new LinkedHashMap<String, String>();
        for (var field : fields) {
            String name = field.getName();
            // The last of several wins, as on a server.
            String value = field.getValues().get(field.getValues().size() - 1);
            if (name.startsWith("param_")) {
                parameters.put(name.substring("param_".length()), value);
            } else if (!HTTP_PARAMETERS.contains(name)) {
                settings.put(name, value);
            }
        }
        var asked = new Asked(fields);
        boolean httpCompression = asked.flag("enable_http_compression");
        return new QueryRequest(
                asked.text("query_id")
                        .or(() -> header(request, "X-ClickHouse-Query-Id"))
                        .orElseGet(() -> UUID.randomUUID().toString()),
                asked.text("query"),
                asked.text("database").or(() -> header(request, "X-ClickHouse-Database")),
                header(request, "X-ClickHouse-Format")
                        .or(() -> asked.text("default_format"))
                        .orElse("TabSeparated"),
                !request.getMethod().toUpperCase(Locale.ROOT).equals("POST"),
                asked.flag("compress"),
                asked.flag("decompress"),
                ContentCoding.ofRequest(headers.get(HttpHeader.CONTENT_ENCODING)),
                httpCompression
                        ? ContentCoding.forAnswer(headers.get(HttpHeader.ACCEPT_ENCODING))
                        : ContentCoding.IDENTITY,
                asked.flag("wait_end_of_query"),
                SessionRequest.of(asked),
                roles(fields),
                parameters,
                settings);
    }

    /** The settings of the query's connection: the client's, and the comment that carries the query's id. */
    Map<String, String> settingsWithId() {
        var all = new LinkedHashMap<>(settings);
        all.put("log_comment", RunningQueries.logComment(queryId, settings.getOrDefault("log_comment", "")));
        return all;
    }

    private static List<String> roles(Fields fields) {
        var roles = new ArrayList<String>();
        var field = fields.get("role");
        if (field != null) {
            roles.addAll(field.getValues());
        }
        return roles;
    }

    private static Optional<String> header(Request request, String name) {
        return Optional.ofNullable(request.getHeaders().get(name))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** The parameters of the URL, read as the contract spells them. */
    record Asked(Fields fields) {
        Optional<String> text(String name) {
            return Optional.ofNullable(fields.getValue(name)).filter(value -> !value.isEmpty());
        }

        boolean flag(String name) {
            return text(name)
                    .map(value ->
                            value.equals("1") || value.toLowerCase(Locale.ROOT).equals("true"))
                    .orElse(false);
        }
    }
}
