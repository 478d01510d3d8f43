package io.ag06.local.clickhouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;

/** One answer on its way out: ClickHouse's headers, then the result or the error. */
final class Answer {
    private static final String EXCEPTION_CODE = "X-ClickHouse-Exception-Code";

    private final Response response;
    private final Engine engine;

    Answer(Response response, Engine engine) {
        this.response = response;
        this.engine = engine;
        headers().put("X-ClickHouse-Server-Display-Name", "ag06");
        headers().put("X-ClickHouse-Timezone", engine.timeZone());
    }

    /** Sends a whole result: status, complete summary, length where it isn't compressed, body. */
    void whole(QueryRequest request, String format, Summary summary, InputStream body, long length) throws IOException {
        boolean compressed = request.compressedAnswer() || request.answerCoding() != ContentCoding.IDENTITY;
        if (!compressed) {
            headers().put(HttpHeader.CONTENT_LENGTH, length);
        }
        try (var out = begin(request, format, summary)) {
            body.transferTo(out);
        }
    }

    /** Sends the status and what is known so far; the caller writes the body and closes it only if it is whole. */
    OutputStream begin(QueryRequest request, String format, Summary summary) throws IOException {
        response.setStatus(200);
        headers().put("X-ClickHouse-Query-Id", request.queryId());
        headers().put("X-ClickHouse-Format", format);
        headers().put("X-ClickHouse-Summary", summary.json());
        headers().put(HttpHeader.CONTENT_TYPE, contentType(format));
        var out = Content.Sink.asOutputStream(response);
        if (request.answerCoding() != ContentCoding.IDENTITY) {
            headers().put(HttpHeader.CONTENT_ENCODING, request.answerCoding().token());
            out = request.answerCoding().encoding(out);
        }
        return request.compressedAnswer() ? new ClosingBlocks(NativeBlocks.encoding(out), out) : out;
    }

    /** Sends an error. The body is plain text even where the client asked for compression; clients know that. */
    void error(EngineException error) throws IOException {
        response.reset();
        response.setStatus(status(error.code()));
        headers().put(EXCEPTION_CODE, error.code());
        headers().put("X-ClickHouse-Server-Display-Name", "ag06");
        headers().put("X-ClickHouse-Timezone", engine.timeZone());
        if (error.code() == EngineException.AUTHENTICATION_FAILED) {
            headers().put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"ClickHouse server HTTP API\"");
        }
        text(error.report());
    }

    /** Sends a line of text. */
    void text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        headers().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=UTF-8");
        headers().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        try (var out = Content.Sink.asOutputStream(response)) {
            out.write(bytes);
        }
    }

    void notFound(String path) throws IOException {
        response.setStatus(404);
        text("There is no " + path + ". Queries go to /, checks to /ping\n");
    }

    boolean isCommitted() {
        return response.isCommitted();
    }

    private org.eclipse.jetty.http.HttpFields.Mutable headers() {
        return response.getHeaders();
    }

    private static String contentType(String format) {
        String name = format.toLowerCase(Locale.ROOT);
        if (name.startsWith("tsv") || name.startsWith("tabseparated")) {
            return "text/tab-separated-values; charset=UTF-8";
        }
        if (name.startsWith("csv")) {
            return "text/csv; charset=UTF-8; header=" + (name.contains("names") ? "present" : "absent");
        }
        if (name.endsWith("eachrow") || name.equals("ndjson") || name.equals("jsonlines")) {
            return "application/x-ndjson; charset=UTF-8";
        }
        if (name.startsWith("json")) {
            return "application/json; charset=UTF-8";
        }
        if (name.startsWith("rowbinary")
                || name.equals("native")
                || name.equals("parquet")
                || name.startsWith("arrow")
                || name.equals("orc")
                || name.equals("avro")) {
            return "application/octet-stream";
        }
        return "text/plain; charset=UTF-8";
    }

    /** Clients read the code in the header; the status is for people and proxies. */
    private static int status(int code) {
        return switch (code) {
            case EngineException.AUTHENTICATION_FAILED -> 401;
            case EngineException.READONLY, EngineException.ACCESS_DENIED -> 403;
            case 60, EngineException.UNKNOWN_DATABASE, EngineException.SESSION_NOT_FOUND -> 404;
            case EngineException.REQUEST_TOO_LARGE -> 413;
            case EngineException.BAD_ARGUMENTS,
                    EngineException.SYNTAX_ERROR,
                    EngineException.UNKNOWN_SETTING,
                    EngineException.UNKNOWN_COMPRESSION_METHOD,
                    EngineException.CHECKSUM_DOESNT_MATCH,
                    EngineException.CANNOT_DECOMPRESS,
                    EngineException.INVALID_SESSION_TIMEOUT,
                    EngineException.UNKNOWN_ROLE,
                    EngineException.INTO_OUTFILE_NOT_ALLOWED,
                    EngineException.CANNOT_READ_ALL_DATA,
                    27,
                    46,
                    47,
                    53,
                    73,
                    117,
                    130,
                    457 -> 400;
            default -> 500;
        };
    }

    /** Ends the native blocks, then the stream below. */
    private static final class ClosingBlocks extends java.io.FilterOutputStream {
        private final OutputStream below;

        ClosingBlocks(OutputStream blocks, OutputStream below) {
            super(blocks);
            this.below = below;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            out.close();
            below.close();
        }
    }
}
