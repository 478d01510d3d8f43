package io.ag06.pipeline.sink.clickhouse;

import static io.ag06.pipeline.sink.clickhouse.Blocks.TABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.ag06.pipeline.settings.ClickHouseSettings;
import io.ag06.sql.Tables;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class OfficialClickHouseClientTest {
    private static final long NAME = -2;

    private HttpScript server;
    private OfficialClickHouseClient client;

    @BeforeEach
    void startServer() throws IOException {
        server = new HttpScript();
        client = new OfficialClickHouseClient(settings(server.address()));
    }

    @AfterEach
    void stopServer() {
        client.close();
        server.close();
    }

    @Test
    void anInsertCarriesItsTokenAndNamesItsColumns() throws Exception {
        server.answers("");

        insert();

        HttpScript.Asked request = server.asked().get(0);
        assertThat(request.parameters())
                .containsEntry("insert_deduplication_token", "18446744073709551614")
                .containsEntry("async_insert", "0")
                .containsEntry("optimize_on_insert", "0");
        assertThat(request.database()).isEqualTo("ag06");
        assertThat(request.parameters().get("query"))
                .matches("(?s)INSERT INTO `?numbers`? \\(`?number`?,\\s*`?appended_at`?,\\s*`?sink_block`?\\s*\\)\\s+"
                        + "FORMAT RowBinary\\s*");
        assertThat(request.body()).containsExactly(1, 2, 3);
    }

    @Test
    void theServerIsToldToKeepABlockInOnePart() throws Exception {
        server.answers("");

        insert();

        var parameters = server.asked().get(0).parameters();
        for (String limit : new String[] {"max_insert_block_size", "min_insert_block_size_rows"}) {
            assertThat(Integer.parseInt(parameters.get(limit))).isGreaterThan(BlockLimits.DEFAULT.rows());
        }
        assertThat(parameters)
                .containsEntry("min_insert_block_size_bytes", "0")
                .containsEntry("max_insert_block_size_bytes", "0")
                .containsEntry("input_format_max_block_size_bytes", "0")
                .containsEntry("use_strict_insert_block_limits", "0");
    }

    @Test
    void theServerIsToldThatTokensCountAndThatATornInsertIsNone() throws Exception {
        server.answers("");

        insert();

        assertThat(server.asked().get(0).parameters())
                .containsEntry("insert_deduplicate", "1")
                .containsEntry("deduplicate_insert", "enable")
                .containsEntry("input_format_connection_handling", "0")
                .containsEntry("input_format_max_block_wait_ms", "0")
                .containsEntry("send_progress_in_http_headers", "0");
    }

    @Test
    void aLookUpIsPutToTheTableAndReadToItsEnd() throws Exception {
        server.answers("1\n");

        isStored();

        assertThat(server.asked().get(0).parameters())
                .containsEntry("use_query_cache", "0")
                .containsEntry("final", "0")
                .containsEntry("read_overflow_mode", "throw")
                .containsEntry("timeout_overflow_mode", "throw")
                .doesNotContainKey("insert_deduplicate");
    }

    @Test
    void aServerIsNotSentSettingsThatItDoesNotKnow() throws Exception {
        server.answers("1\n").knows("async_insert", "insert_deduplicate", "read_overflow_mode");

        insert();
        isStored();

        assertThat(server.asked().get(0).parameters())
                .containsKeys("async_insert", "insert_deduplicate")
                .doesNotContainKeys("deduplicate_insert", "use_strict_insert_block_limits");
        assertThat(server.asked().get(1).parameters())
                .containsKey("read_overflow_mode")
                .doesNotContainKey("use_query_cache");
    }

    @Test
    void aServerIsAskedOnceWhatItKnowsAndAgainWhenItMayBeAnother() throws Exception {
        server.answers("1\n");

        client.openSession();
        insert();
        isStored();
        assertThat(server.askedForSettings()).isEqualTo(1);

        client.openSession();
        insert();
        assertThat(server.askedForSettings()).isEqualTo(2);
    }

    @Test
    void aServerThatSaysThatItHasNoSettingsIsNotBelieved() {
        server.answers("").knows();

        assertThatExceptionOfType(InsertFailure.Transient.class)
                .isThrownBy(this::insert)
                .withMessageContaining("none of its settings");
        assertThat(server.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "500, 241", // MEMORY_LIMIT_EXCEEDED
        "500, 243", // NOT_ENOUGH_SPACE
        "500, 252", // TOO_MANY_PARTS
        "500, 242", // TABLE_IS_READ_ONLY
        "500, 159", // TIMEOUT_EXCEEDED
        "500, 999", // KEEPER_EXCEPTION
        "500, 4711" // What no one has heard of.
    })
    void whatMayPassIsTransientAndSentExactlyOnce(int status, int code) {
        server.fails(status, code, "not now");

        assertThatExceptionOfType(InsertFailure.Transient.class)
                .isThrownBy(this::insert)
                .withMessageContaining(server.address().toString())
                .withMessageContaining("insert into numbers")
                .withMessageContaining("not now");

        assertThat(server.asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"400, 6", "500, 117"}) // All codes are in FailureVerdictTest.
    void whatTheBytesThemselvesCauseIsRefused(int status, int code) {
        server.fails(status, code, "these bytes, never");

        assertThatExceptionOfType(InsertFailure.Refused.class)
                .isThrownBy(this::insert)
                .withMessageContaining("these bytes, never");

        assertThat(server.asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"404, 60", "403, 497", "401, 516", "400, 62"})
    void whatAPersonMustMendIsFatal(int status, int code) {
        server.fails(status, code, "call someone");

        assertThatExceptionOfType(InsertFailure.Fatal.class)
                .isThrownBy(this::insert)
                .withMessageContaining("call someone");

        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void theColumnsOfATableAreAskedForWithTheirTypes() throws Exception {
        server.answers("number\tUInt64\nappended_at\tDateTime64(3, UTC)\n");

        assertThat(client.columnsOf(TABLE))
                .containsOnly(Map.entry("number", "UInt64"), Map.entry("appended_at", "DateTime64(3, UTC)"));

        assertThat(server.asked().get(0).parameters())
                .containsEntry("param_name", "numbers")
                .containsEntry("param_database", "ag06");
    }

    @Test
    void aBusyServerIsNotSentTheBlockAgainBehindOurBack() {
        server.isBusyOnce();

        assertThatExceptionOfType(InsertFailure.Transient.class)
                .isThrownBy(this::insert)
                .withMessageContaining("busy");

        assertRowsWereSentOnce();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 500, 502, 503, 504})
    void anErrorOfSomethingBetweenIsTransient(int status) {
        server.answersStrangely(status, "<html><body>Bad gateway</body></html>");

        assertThatExceptionOfType(InsertFailure.Transient.class).isThrownBy(this::insert);

        assertRowsWereSentOnce();
    }

    @Test
    void anInsertIsNotBelievedToBeStoredWhenAStrangerSaysSo() {
        server.answersStrangely(200, "<html><body>Please sign in to this network</body></html>");

        assertThatExceptionOfType(InsertFailure.Transient.class).isThrownBy(this::insert);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Code: 241. DB::Exception: Memory limit exceeded", "11", ""})
    void aLookUpBelievesOnlyAnAnswerThatItUnderstands(String answer) {
        server.answers(answer);

        assertThatExceptionOfType(InsertFailure.Transient.class).isThrownBy(this::isStored);
        assertThatExceptionOfType(InsertFailure.Transient.class)
                .isThrownBy(() -> client.holdsRowsFrom(TABLE, new Origin("ag06.numbers", 0, 5), Set.of()));
    }

    @Test
    void aLookUpDoesNotBelieveAStranger() {
        server.answersStrangely(200, "1");

        assertThatExceptionOfType(InsertFailure.Transient.class)
                .isThrownBy(this::isStored)
                .withMessageContaining("is not ClickHouse");
    }

    @Test
    void aLookUpAnswersWhetherTheBlockIsThere() throws Exception {
        server.answers("1\n");
        assertThat(isStored()).isTrue();
        server.answers("0\n");
        assertThat(isStored()).isFalse();

        assertThat(server.asked().get(0).query())
                .contains("`numbers`", "sink_block = 18446744073709551614", "toDate(appended_at) = '2024-10-04'");
    }

    @Test
    void aLookUpInEveryPartitionNamesNone() throws Exception {
        server.answers("0\n");

        client.isStored(Tables.REJECTED_BLOCKS, NAME, OptionalInt.empty());

        assertThat(server.asked().get(0).query()).contains("rejected_blocks").doesNotContain("toDate");
    }

    @Test
    void offsetsAreAskedForByTopicOnlyWhereTheTableHasSeveral() throws Exception {
        server.answers("1\n");

        assertThat(client.holdsRowsFrom(TABLE, new Origin("ag06.numbers", 3, 5), Set.of()))
                .isTrue();
        assertThat(client.holdsRowsFrom(
                        Tables.GOLDEN_SIGNALS_PARTIALS, new Origin("ag06.numbers", 3, 5), Set.of(7L, -1L)))
                .isTrue();

        assertThat(server.asked().get(0).query())
                .contains("kafka_partition = 3", "kafka_offset >= 5")
                .doesNotContain("kafka_topic");
        assertThat(server.asked().get(1).query()).contains("kafka_topic = ", "offset_last >= 5");
        assertThat(server.asked().get(1).parameters()).containsEntry("param_topic", "ag06.numbers");
    }

    @Test
    void rowsAreDeletedFromTheFirstThatBeginsAtTheOffset() throws Exception {
        server.answers("");

        client.deleteFrom(
                Tables.GOLDEN_SIGNALS_PARTIALS,
                new Origin("ag06.numbers", 3, 5),
                Set.of(7L),
                Instant.ofEpochSecond(7, 8_000));

        assertThat(server.asked().get(0).query())
                .contains("DELETE FROM `golden_signals_partials`", "kafka_partition = 3", "offset_first >= 5")
                .contains("stored_at < fromUnixTimestamp64Micro(7000008)")
                .contains("lightweight_deletes_sync = 2");
    }

    @Test
    void theServersTimeIsAskedForToTheMicrosecond() throws Exception {
        server.answers("1772366400000123\n");

        assertThat(client.now()).isEqualTo(Instant.parse("2026-03-01T12:00:00.000123Z"));
    }

    @Test
    void aTimeThatIsNoneIsNotBelieved() {
        server.answers("noon");

        assertThatExceptionOfType(InsertFailure.Transient.class).isThrownBy(client::now);
    }

    @Test
    void theWindowIsReadFromTheEngineClause() throws Exception {
        server.answers("MergeTree ORDER BY a SETTINGS non_replicated_deduplication_window = 1234\n");

        assertThat(client.tokenMemory(TABLE)).isEqualTo(new TokenMemory(1234, false));
    }

    @Test
    void aTableThatIsNotThereIsFatalAndSaysWhatToDo() {
        server.answers("");

        assertThatExceptionOfType(InsertFailure.Fatal.class)
                .isThrownBy(() -> client.tokenMemory(TABLE))
                .withMessageContaining("has no table ag06.numbers")
                .withMessageContaining("migrations");
    }

    @Test
    void aSessionIsOpenedByAQuestionThatCarriesItsName() throws Exception {
        server.answers("1\n");

        String session = client.openSession();

        assertThat(server.asked().get(0).parameters())
                .containsEntry("session_id", session)
                .containsEntry("session_timeout", "300")
                .doesNotContainEntry("session_check", "1");
        assertThat(client.openSession()).isNotEqualTo(session);
    }

    @Test
    void aSessionIsEndedByItsLastQuestion() throws Exception {
        server.answers("1\n");

        client.endSession("ag06-a-session");

        assertThat(server.asked().get(0).parameters())
                .containsEntry("session_id", "ag06-a-session")
                .containsEntry("session_check", "1")
                .containsEntry("close_session", "1");
    }

    @Test
    void aSessionThatIsOverNeedsNoEnd() {
        server.fails(404, 372, "Session ag06-a-session not found. (SESSION_NOT_FOUND)");

        assertThatNoException().isThrownBy(() -> client.endSession("ag06-a-session"));
    }

    @Test
    void aSessionCanNotBeEndedWhileAnInsertIsCarriedOutInIt() {
        server.fails(500, 373, "Session ag06-a-session is locked by a concurrent client. (SESSION_IS_LOCKED)");

        assertThatExceptionOfType(InsertFailure.Transient.class).isThrownBy(() -> client.endSession("ag06-a-session"));
    }

    @Test
    void anInsertInASessionIsForThatSessionOrForNothing() throws Exception {
        server.answers("");

        assertThat(insert(Optional.of("ag06-a-session"))).isTrue();

        assertThat(server.asked().get(0).parameters())
                .containsEntry("session_id", "ag06-a-session")
                .containsEntry("session_check", "1");
    }

    @Test
    void aSessionThatTheServerDoesNotKnowIsToldFromAFailure() throws Exception {
        server.fails(404, 372, "Session ag06-a-session not found. (SESSION_NOT_FOUND)");

        assertThat(insert(Optional.of("ag06-a-session"))).isFalse();
    }

    @Test
    void anAnswerThatBreaksOffIsTransient() {
        server.breaksOffAfter("1");

        assertThatExceptionOfType(InsertFailure.Transient.class).isThrownBy(this::isStored);
    }

    @Test
    void aServerThatIsNotThereIsTransient() throws IOException {
        int closedPort;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closedPort = socket.getLocalPort();
        }
        try (var nowhere = new OfficialClickHouseClient(settings(URI.create("http://127.0.0.1:" + closedPort)))) {
            assertThatExceptionOfType(InsertFailure.Transient.class)
                    .isThrownBy(() -> nowhere.isStored(TABLE, NAME, OptionalInt.empty()))
                    .withMessageContaining("did not answer");
        }
    }

    @Test
    void anInterruptEndsAnInsertThatIsNotAnswered() throws Exception {
        server.hangs();

        assertThat(interrupted(this::insert)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void anInterruptEndsALookUpThatIsNotAnswered() throws Exception {
        server.hangs();

        assertThat(interrupted(this::isStored)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void anInterruptEndsALookUpWhoseAnswerDoesNotEnd() throws Exception {
        server.hangsAfter("1");

        assertThat(interrupted(this::isStored)).isInstanceOf(InterruptedException.class);
    }

    /**
     * A repetition that is broken off before its first row may still be seen, and holds nothing that could be stored.
     */
    private void assertRowsWereSentOnce() {
        assertThat(server.asked())
                .filteredOn(request -> request.body().length > 0)
                .hasSize(1);
    }

    private void insert() throws InsertFailure, InterruptedException {
        insert(Optional.empty());
    }

    private boolean insert(Optional<String> session) throws InsertFailure, InterruptedException {
        BlockBody.InMemory body = new BlockBody.InMemory(new byte[] {1, 2, 3}, 3);
        Block block = new Block(NAME, Blocks.LAYOUT, Blocks.DAY, 1, List.of(), body);
        return client.insert(block, body.open(), block.token(), session);
    }

    private boolean isStored() throws InsertFailure, InterruptedException {
        return client.isStored(TABLE, NAME, OptionalInt.of(Blocks.DAY));
    }

    /** What a call ends with that is interrupted after the server has been asked; fails where it goes on. */
    private Throwable interrupted(Call call) throws Exception {
        FutureTask<Void> task = new FutureTask<>(() -> {
            call.run();
            return null;
        });
        Thread thread = new Thread(task, "caller");
        thread.start();
        Awaitility.await().until(() -> !server.asked().isEmpty());
        Awaitility.await().until(() -> thread.getState() != Thread.State.RUNNABLE || isReading(thread));
        thread.interrupt();
        try {
            task.get(2, TimeUnit.SECONDS);
            throw new AssertionError("The call ended as if it were answered");
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    private static boolean isReading(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("read"));
    }

    private static ClickHouseSettings settings(URI url) {
        return SinkSettings.at(url, Duration.ofSeconds(20));
    }

    private interface Call {
        void run() throws InsertFailure, InterruptedException;
    }
}
