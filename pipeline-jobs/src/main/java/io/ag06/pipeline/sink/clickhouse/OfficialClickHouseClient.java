package io.ag06.pipeline.sink.clickhouse;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ClientFaultCause;
import com.clickhouse.client.api.CompressionMethod;
import com.clickhouse.client.api.DataStreamWriter;
import com.clickhouse.client.api.insert.InsertResponse;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.query.QueryResponse;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.data.ClickHouseFormat;
import io.ag06.pipeline.settings.ClickHouseSettings;
import io.ag06.pipeline.settings.SettingsReader;
import io.ag06.sql.Table;
import io.ag06.sql.Tables;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** ClickHouse through its official Java client, rows in RowBinary. */
public final class OfficialClickHouseClient implements ClickHouseClient {
    /** In every answer of ClickHouse to a statement that it has carried out. */
    private static final String QUERY_ID = "X-ClickHouse-Query-Id";

    /** How long a session lives that nobody uses; longer than the usual pause between two checkpoints. */
    private static final int SESSION_SECONDS = 300;

    private final ClickHouseSettings settings;
    private final BoundedRequests requests;

    /** Of the server as it is now, or null where it was not asked yet. */
    private volatile PinnedSettings pinned;

    public OfficialClickHouseClient(ClickHouseSettings settings) {
        this.settings = settings;
        this.requests = new BoundedRequests(
                () -> open(settings),
                settings.requestTimeout(),
                "clickhouse-request to " + settings.url().getAuthority());
    }

    private static Client open(ClickHouseSettings settings) {
        return new Client.Builder()
                .addEndpoint(settings.url().toString())
                .setUsername(settings.user())
                .setPassword(settings.password().reveal())
                .setDefaultDatabase(settings.database())
                .setMaxRetries(0) // A resend must be preceded by a look-up; the client's own is not.
                .retryOnFailures(ClientFaultCause.None)
                .compressServerResponse(false) // Answers are a few bytes.
                .compressClientRequest(settings.compress())
                .compressionMethod(CompressionMethod.LZ4)
                .setConnectTimeout(Math.min(10_000, settings.requestTimeout().toMillis()), ChronoUnit.MILLIS)
                // Ends what hangs before there is a connection that could be cut; else a request is given up before.
                .setSocketTimeout(2 * settings.requestTimeout().toMillis(), ChronoUnit.MILLIS)
                .build();
    }

    @Override
    public String openSession() throws InsertFailure, InterruptedException {
        pinned = null; // The server may have been started again, as another version.
        String session = "ag06-" + UUID.randomUUID();
        ask("SELECT 1", Map.of(), new QuerySettings().setSessionId(session).setSessionTimeout(SESSION_SECONDS));
        return session;
    }

    @Override
    public void endSession(String session) throws InsertFailure, InterruptedException {
        QuerySettings last = new QuerySettings().setSessionId(session).setSessionCheck(true);
        try {
            ask("SELECT 1", Map.of(), last.serverSetting("close_session", "1"));
        } catch (InsertFailure.Transient failure) {
            if (!FailureVerdict.isOfSession(failure)) {
                throw failure;
            }
        }
    }

    @Override
    public boolean insert(Block block, InputStream body, String token, Optional<String> session)
            throws InsertFailure, InterruptedException {
        List<String> columns = new ArrayList<>(block.layout().columns());
        columns.add(Tables.BLOCK_COLUMN);
        InsertSettings insert = new InsertSettings().setDeduplicationToken(token);
        pinned().ofInserts().forEach(insert::serverSetting);
        session.ifPresent(
                id -> insert.setSessionId(id).setSessionTimeout(SESSION_SECONDS).setSessionCheck(true));
        String table = block.layout().table().name();
        String what = "insert into " + table;
        try {
            Map<String, String> headers = run(what, client -> {
                try (InsertResponse response = client.insert(
                                table, columns, new SentOnce(body), ClickHouseFormat.RowBinary, insert)
                        .get()) {
                    return response.getResponseHeaders();
                }
            });
            requireClickHouse(headers, what);
            return true;
        } catch (InsertFailure.Transient failure) {
            if (FailureVerdict.isOfSession(failure)) {
                return false;
            }
            throw failure;
        }
    }

    @Override
    public boolean isStored(Table table, long name, OptionalInt partitionDay)
            throws InsertFailure, InterruptedException {
        String partition = partitionDay.isPresent()
                ? " AND %s = '%s'".formatted(table.partitionExpression(), LocalDate.ofEpochDay(partitionDay.getAsInt()))
                : "";
        return isAny(
                table, "%s = %s%s".formatted(Tables.BLOCK_COLUMN, Long.toUnsignedString(name), partition), Map.of());
    }

    @Override
    public boolean holdsRowsFrom(Table table, Origin from, Set<Long> exceptBlocks)
            throws InsertFailure, InterruptedException {
        return isAny(
                table,
                "%s AND %s >= %d%s"
                        .formatted(
                                partitionOf(table, from),
                                table.offsets().last(),
                                from.offset(),
                                exceptOf(exceptBlocks)),
                Map.of("topic", from.topic()));
    }

    @Override
    public Instant now() throws InsertFailure, InterruptedException {
        String answer = ask("SELECT toUnixTimestamp64Micro(now64(6))", Map.of());
        try {
            return Instant.EPOCH.plus(Long.parseLong(answer), ChronoUnit.MICROS);
        } catch (NumberFormatException e) {
            throw new InsertFailure.Transient(
                    "ClickHouse at %s answered '%s' when asked for its time"
                            .formatted(settings.url(), beginningOf(answer)),
                    e);
        }
    }

    @Override
    public void deleteFrom(Table table, Origin from, Set<Long> exceptBlocks, Instant storedBefore)
            throws InsertFailure, InterruptedException {
        ask(
                "DELETE FROM `%s` WHERE %s AND %s >= %d%s AND %s < fromUnixTimestamp64Micro(%d) SETTINGS lightweight_deletes_sync = 2"
                        .formatted(
                                table.name(),
                                partitionOf(table, from),
                                table.offsets().first(),
                                from.offset(),
                                exceptOf(exceptBlocks),
                                Tables.STORED_COLUMN,
                                ChronoUnit.MICROS.between(Instant.EPOCH, storedBefore)),
                Map.of("topic", from.topic()));
    }

    @Override
    public TokenMemory tokenMemory(Table table) throws InsertFailure, InterruptedException {
        String engine = ask(
                "SELECT engine_full FROM system.tables WHERE database = {database:String} AND name = {name:String}",
                Map.of("database", settings.database(), "name", table.name()));
        if (engine.isEmpty()) {
            throw new InsertFailure.Fatal(
                    "ClickHouse at %s has no table %s.%s; run the migrations first"
                            .formatted(settings.url(), settings.database(), table.name()),
                    null);
        }
        return TokenMemory.of(engine);
    }

    @Override
    public boolean mayHaveForgotten(Table table, int partitionDay) throws InsertFailure, InterruptedException {
        String answer = ask(
                "SELECT match(engine_full, '\\\\bTTL\\\\b') AND toDate(now(), 'UTC') > toDate({day:Int32}) FROM system.tables"
                        + " WHERE database = {database:String} AND name = {name:String}",
                Map.of("database", settings.database(), "name", table.name(), "day", partitionDay));
        return answer.equals("1");
    }

    @Override
    public Map<String, String> columnsOf(Table table) throws InsertFailure, InterruptedException {
        String columns = ask(
                // Quotes are escaped on their way, and stand around time zones only.
                "SELECT name, replaceAll(type, '\\'', '') FROM system.columns WHERE database = {database:String} AND table = {name:String}",
                Map.of("database", settings.database(), "name", table.name()));
        return columns.lines()
                .map(line -> line.split("\t", 2))
                .collect(Collectors.toMap(column -> column[0], column -> column[column.length - 1]));
    }

    @Override
    public void close() {
        requests.close();
    }

    private static String partitionOf(Table table, Origin from) {
        String topic = table.offsets().topic();
        return (topic.isEmpty() ? "" : topic + " = {topic:String} AND ") + "kafka_partition = " + from.partition();
    }

    private static String exceptOf(Set<Long> blocks) {
        return blocks.isEmpty()
                ? ""
                : " AND %s NOT IN (%s)"
                        .formatted(
                                Tables.BLOCK_COLUMN,
                                blocks.stream().map(Long::toUnsignedString).collect(Collectors.joining(", ")));
    }

    /** Whether a row meets the condition. Only 0 and 1 are answers: what is read as "it is stored" must be meant so. */
    private boolean isAny(Table table, String condition, Map<String, Object> parameters)
            throws InsertFailure, InterruptedException {
        String query = "SELECT count() FROM (SELECT 1 FROM `%s` WHERE %s LIMIT 1)".formatted(table.name(), condition);
        String answer = ask(query, parameters);
        return switch (answer) {
            case "0" -> false;
            case "1" -> true;
            default ->
                throw new InsertFailure.Transient(
                        "ClickHouse at %s answered '%s' to '%s', which is neither 0 nor 1"
                                .formatted(settings.url(), beginningOf(answer), query),
                        null);
        };
    }

    /** What the server knows of the settings that are pinned; asked once, and again of a server that may be another. */
    private PinnedSettings pinned() throws InsertFailure, InterruptedException {
        PinnedSettings known = pinned;
        if (known == null) {
            String names = ask("SELECT name FROM system.settings", Map.of(), new QuerySettings());
            if (names.isEmpty()) {
                throw new InsertFailure.Transient(
                        "ClickHouse at %s names none of its settings".formatted(settings.url()), null);
            }
            known = new PinnedSettings(names.lines().collect(Collectors.toSet()));
            pinned = known;
        }
        return known;
    }

    private String ask(String query, Map<String, Object> parameters) throws InsertFailure, InterruptedException {
        QuerySettings question = new QuerySettings();
        pinned().ofQuestions().forEach(question::serverSetting);
        return ask(query, parameters, question);
    }

    private String ask(String query, Map<String, Object> parameters, QuerySettings asked)
            throws InsertFailure, InterruptedException {
        QuerySettings asText = asked.setFormat(ClickHouseFormat.TabSeparated);
        Text text = run(
                query, client -> Text.of(client.query(query, parameters, asText).get()));
        requireClickHouse(text.headers(), query);
        return text.body().strip();
    }

    /** Something between here and there may answer in place of ClickHouse, and say 200 to a block that it drops. */
    private void requireClickHouse(Map<String, String> headers, String what) throws InsertFailure {
        if (headers.keySet().stream().noneMatch(QUERY_ID::equalsIgnoreCase)) {
            throw new InsertFailure.Transient(
                    "What answers at %s is not ClickHouse: no header %s in the answer to '%s'"
                            .formatted(settings.url(), QUERY_ID, what),
                    null);
        }
    }

    private static String beginningOf(String answer) {
        return answer.substring(0, Math.min(200, answer.length()));
    }

    private <T> T run(String what, BoundedRequests.Request<T> request) throws InsertFailure, InterruptedException {
        try {
            return requests.run(request);
        } catch (ExecutionException e) {
            throw FailureVerdict.of(e.getCause(), what, settings.url());
        } catch (RejectedExecutionException e) {
            throw FailureVerdict.of(e, what, settings.url());
        } catch (TimeoutException e) {
            throw new InsertFailure.Transient(
                    "ClickHouse at %s did not answer within %s (%s); whether it will still do it is not known"
                            .formatted(settings.url(), SettingsReader.words(settings.requestTimeout()), what),
                    e);
        }
    }

    /** An answer, read to its end. */
    private record Text(String body, Map<String, String> headers) {
        @SuppressWarnings("try") // close() declares Exception, of which an interrupt would be one; it never waits.
        static Text of(QueryResponse response) {
            try (response) {
                return new Text(
                        new String(response.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
                        response.getResponseHeaders());
            } catch (IOException e) {
                throw new UncheckedIOException("the answer broke off", e);
            } catch (Exception e) {
                throw new IllegalStateException("the answer can't be closed", e);
            }
        }
    }

    /**
     * The rows of a block, for one sending. The HTTP client below the official one repeats a request by itself that was
     * answered with 503 or 429, can't be told otherwise, and would then send what the first sending left of the stream:
     * no rows at all, which the server stores gladly.
     */
    private static final class SentOnce implements DataStreamWriter {
        private final InputStream body;
        private final AtomicBoolean sent = new AtomicBoolean();

        SentOnce(InputStream body) {
            this.body = body;
        }

        @Override
        public void onOutput(OutputStream out) throws IOException {
            if (sent.getAndSet(true)) {
                throw new IOException(
                        "The server is busy (503 or 429); the block is looked up before it is sent again");
            }
            body.transferTo(out);
        }
    }
}
