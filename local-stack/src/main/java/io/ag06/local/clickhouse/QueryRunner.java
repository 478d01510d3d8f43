package io.ag06.local.clickhouse;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Runs one request whose body is here to its end: finds out what the statement is, runs it the way that is safe for it,
 * and answers.
 */
final class QueryRunner {
    /** Where an INSERT's head must end; a server's {@code max_query_size}. */
    private static final int HEAD_BYTES = 256 * 1024;

    private static final int LONGEST_STATEMENT_BYTES = 16 << 20;

    private final EndpointSettings settings;
    private final MemoryBudget memory;
    private final DiskGuard disk;

    QueryRunner(EndpointSettings settings, MemoryBudget memory, DiskGuard disk) {
        this.settings = settings;
        this.memory = memory;
        this.disk = disk;
    }

    void run(QueryTurn turn) throws EngineException, IOException {
        var body = turn.body();
        byte[] fromUrl = turn.request().statement().orElse("").getBytes(StandardCharsets.UTF_8);
        var inUrl = fromUrl.length == 0 ? Optional.<Statement>empty() : insertIn(fromUrl);
        if (inUrl.isPresent()) {
            int dataStart = inUrl.get().dataStart();
            disk.requireRoom();
            var rest = new ByteArrayInputStream(fromUrl, dataStart, fromUrl.length - dataStart);
            insert(turn, inUrl.get(), new SequenceInputStream(rest, body.read(0)));
            return;
        }
        var statement = fromUrl.length > 0 ? Statement.parse(joined(fromUrl, body)) : inBody(body);
        if (statement.storesData()) {
            disk.requireRoom();
        }
        switch (statement.kind()) {
            case INSERT_WITH_DATA -> insert(turn, statement, body.read(statement.dataStart()));
            case SELECT -> select(turn, statement);
            case KILL_QUERY -> wait(turn, statement, statement.killByClientsId());
            case OTHER -> wait(turn, statement, statement.text());
        }
    }

    private static Optional<Statement> insertIn(byte[] text) throws EngineException {
        if (!Statement.isInsert(text)) {
            return Optional.empty();
        }
        var statement = Statement.parse(text);
        return statement.kind() == Statement.Kind.INSERT_WITH_DATA ? Optional.of(statement) : Optional.empty();
    }

    private static byte[] joined(byte[] fromUrl, Spool body) throws EngineException, IOException {
        if (body.size() == 0) {
            return fromUrl;
        }
        var text = new ByteArrayOutputStream();
        text.writeBytes(fromUrl);
        text.write('\n');
        text.writeBytes(whole(body));
        return text.toByteArray();
    }

    private static Statement inBody(Spool body) throws EngineException, IOException {
        byte[] head = body.prefix(HEAD_BYTES);
        if (Statement.isInsert(head) && head.length < body.size()) {
            try {
                return Statement.parse(head);
            } catch (EngineException e) {
                // The head may be longer than what was looked at.
                return Statement.parse(whole(body));
            }
        }
        return Statement.parse(head.length < body.size() ? whole(body) : head);
    }

    private static byte[] whole(Spool body) throws EngineException, IOException {
        if (body.size() > LONGEST_STATEMENT_BYTES) {
            throw new EngineException(
                    EngineException.SYNTAX_ERROR,
                    "The statement is longer than " + LONGEST_STATEMENT_BYTES + " bytes. (SYNTAX_ERROR)");
        }
        return body.prefix(LONGEST_STATEMENT_BYTES);
    }

    private static void insert(QueryTurn turn, Statement statement, InputStream rows)
            throws EngineException, IOException {
        requireWritable(turn.request());
        String format = statement.format().orElseThrow();
        var summary = turn.connection()
                .insert(statement.text(), format, turn.request().parameters(), rows);
        turn.release().close();
        turn.answer().whole(turn.request(), turn.request().format(), summary, InputStream.nullInputStream(), 0);
    }

    private void select(QueryTurn turn, Statement statement) throws EngineException, IOException {
        String format = format(turn, statement);
        var streamed = statement.hasTotals() ? Optional.<StreamedFormat>empty() : StreamedFormat.of(format);
        turn.release().add(turn.watch().get()::close);
        if (streamed.isEmpty()) {
            wait(turn, statement, statement.text());
            return;
        }
        try (var chunks = turn.connection().stream(
                statement.text(), format, turn.request().parameters())) {
            if (turn.request().waitForEnd()) {
                collect(turn, format, streamed.get(), chunks);
            } else {
                stream(turn, format, streamed.get(), chunks);
            }
        }
    }

    private static void wait(QueryTurn turn, Statement statement, byte[] text) throws EngineException, IOException {
        if (turn.request().readOnly() && !turn.connection().readsOnly(text)) {
            requireWritable(turn.request());
        }
        String format = format(turn, statement);
        try (var result = turn.connection().query(text, format, turn.request().parameters())) {
            turn.release().close();
            var bytes = result.bytes();
            turn.answer().whole(turn.request(), format, result.summary(), new NativeMemory(bytes), bytes.remaining());
        }
    }

    private static String format(QueryTurn turn, Statement statement) {
        return statement.format().orElse(turn.request().format());
    }

    /**
     * The first chunk waits for the second: a small result gets its length and the whole summary, and an early error
     * its status.
     */
    private static void stream(QueryTurn turn, String format, StreamedFormat streamed, ChunkStream chunks)
            throws EngineException, IOException {
        var first = chunks.next();
        if (first.isEmpty()) {
            finish(turn, chunks);
            turn.answer().whole(turn.request(), format, Summary.NOTHING, InputStream.nullInputStream(), 0);
            return;
        }
        OutputStream out;
        Optional<EngineResult> chunk;
        byte[] header;
        try (var held = first.get()) {
            chunk = chunks.next();
            var bytes = held.bytes();
            if (chunk.isEmpty()) {
                finish(turn, chunks);
                turn.answer().whole(turn.request(), format, held.summary(), new NativeMemory(bytes), bytes.remaining());
                return;
            }
            header = header(streamed, bytes);
            out = turn.answer().begin(turn.request(), format, held.summary());
            new NativeMemory(bytes).transferTo(out);
        }
        while (chunk.isPresent()) {
            try (var next = chunk.get()) {
                new NativeMemory(withoutHeader(next.bytes(), header)).transferTo(out);
            }
            chunk = chunks.next();
        }
        finish(turn, chunks);
        // Only here: an error before leaves the body torn, which the client sees.
        out.close();
    }

    private void collect(QueryTurn turn, String format, StreamedFormat streamed, ChunkStream chunks)
            throws EngineException, IOException {
        try (var whole =
                new Spool(memory, settings.spool(), settings.mostResultBytes(), EngineException.TOO_LARGE_RESULT)) {
            var summary = Summary.NOTHING;
            byte[] header = null;
            for (var chunk = chunks.next(); chunk.isPresent(); chunk = chunks.next()) {
                try (var next = chunk.get()) {
                    summary = summary.and(next.summary());
                    var bytes = next.bytes();
                    if (header == null) {
                        header = header(streamed, bytes);
                    } else {
                        bytes = withoutHeader(bytes, header);
                    }
                    new NativeMemory(bytes).transferTo(whole);
                }
            }
            finish(turn, chunks);
            turn.answer().whole(turn.request(), format, summary, whole.read(0), whole.size());
        } catch (BodyException e) {
            throw e.asEngineException();
        }
    }

    /** Frees the connection for the session's next request. */
    private static void finish(QueryTurn turn, ChunkStream chunks) {
        chunks.close();
        turn.release().close();
    }

    private static byte[] header(StreamedFormat streamed, ByteBuffer chunk) {
        byte[] header = new byte[streamed.headerBytes(chunk)];
        chunk.duplicate().get(header);
        return header;
    }

    private static ByteBuffer withoutHeader(ByteBuffer chunk, byte[] header) {
        var start = chunk.duplicate();
        if (header.length <= start.remaining()
                && start.limit(start.position() + header.length).equals(ByteBuffer.wrap(header))) {
            chunk.position(chunk.position() + header.length);
        }
        return chunk;
    }

    private static void requireWritable(QueryRequest request) throws EngineException {
        if (request.readOnly()) {
            throw new EngineException(
                    EngineException.READONLY,
                    "Cannot execute query in readonly mode. For queries over HTTP, method GET implies readonly."
                            + " You should use method POST for modifying queries. (READONLY)");
        }
    }

    /** Memory of the engine as a stream. */
    private static final class NativeMemory extends InputStream {
        private final ByteBuffer bytes;

        NativeMemory(ByteBuffer bytes) {
            this.bytes = bytes.duplicate();
        }

        @Override
        public int read() {
            return bytes.hasRemaining() ? bytes.get() & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (!bytes.hasRemaining()) {
                return length == 0 ? 0 : -1;
            }
            int step = Math.min(length, bytes.remaining());
            bytes.get(target, offset, step);
            return step;
        }

        @Override
        public long transferTo(OutputStream out) throws IOException {
            byte[] piece = new byte[Math.min(256 * 1024, Math.max(1, bytes.remaining()))];
            long moved = 0;
            for (int read = read(piece, 0, piece.length); read > 0; read = read(piece, 0, piece.length)) {
                out.write(piece, 0, read);
                moved += read;
            }
            return moved;
        }
    }
}
