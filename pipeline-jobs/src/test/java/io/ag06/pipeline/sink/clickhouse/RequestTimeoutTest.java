package io.ag06.pipeline.sink.clickhouse;

import static io.ag06.pipeline.sink.clickhouse.Blocks.TABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ag06.pipeline.settings.ClickHouseSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No request outlasts {@code clickhouse.request-timeout}, whatever the server does. */
@Timeout(30)
class RequestTimeoutTest {
    private static final Duration TIMEOUT = Duration.ofMillis(300);

    /** What a slow machine may need beside the timeout; far less than a request that has none would take. */
    private static final Duration ALLOWANCE = Duration.ofSeconds(5);

    /** More than all buffers between here and there hold. */
    private static final int LARGE_BYTES = 32 << 20;

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

    static Stream<Named<Call>> requests() {
        return Stream.of(
                Named.of("an insert", client -> insert(client, LARGE_BYTES)),
                Named.of("a look-up", client -> client.isStored(TABLE, 1, OptionalInt.empty())),
                Named.of("a question about columns", client -> client.columnsOf(TABLE)),
                Named.of("a session", OfficialClickHouseClient::openSession),
                Named.of("the end of a session", client -> client.endSession("ag06-a-session")),
                Named.of(
                        "a deletion",
                        client -> client.deleteFrom(TABLE, new Origin("ag06.numbers", 0, 5), Set.of(), Instant.EPOCH)));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aServerThatReadsNothing(Call request) throws IOException {
        try (SilentServer silent = new SilentServer();
                OfficialClickHouseClient toSilent = new OfficialClickHouseClient(settings(silent.address()))) {
            assertTimesOut(() -> request.on(toSilent));

            silent.awaitLeft();
        }
    }

    @Test
    void aServerThatReadsNoRows() {
        server.hangsUnread();

        assertTimesOut(() -> insert(client, LARGE_BYTES));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aServerThatAnswersHalfAndHangs(Call request) {
        server.hangsAfter("1");

        assertTimesOut(() -> request.on(client));
    }

    /** Each byte comes in time, so that no timeout of a socket ends it; the answer does not. */
    @ParameterizedTest
    @MethodSource("requests")
    void aServerThatAnswersByteByByte(Call request) {
        server.trickles(TIMEOUT.dividedBy(6));

        assertTimesOut(() -> request.on(client));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aServerThatAnswersHalfAndCloses(Call request) {
        server.breaksOffAfter("1");

        assertThatExceptionOfType(InsertFailure.Transient.class).isThrownBy(() -> request.on(client));
    }

    @Test
    void insertsThatAreGivenUpLeaveNoThreads() {
        server.hangsUnread();

        for (int i = 0; i < 3; i++) {
            assertTimesOut(() -> insert(client, LARGE_BYTES));
        }

        assertThat(server.asked()).hasSize(3);
        Awaitility.await().until(() -> !isSending());
    }

    @Test
    void anInterruptedInsertLeavesNoneEither() throws Exception {
        server.hangsUnread();
        FutureTask<Boolean> insert = new FutureTask<>(() -> insert(client, LARGE_BYTES));
        Thread caller = new Thread(insert, "caller");
        caller.start();
        Awaitility.await().until(this::isSending);

        caller.interrupt();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(insert::get)
                .withCauseInstanceOf(InterruptedException.class);
        Awaitility.await().until(() -> !isSending());
    }

    @Test
    void theNextRequestIsAskedAsIfNothingHadBeen() throws Exception {
        server.hangs();
        assertTimesOut(() -> insert(client, 3));

        server.answers("1\n");

        assertThat(client.isStored(TABLE, 1, OptionalInt.empty())).isTrue();
        assertThat(insert(client, 3)).isTrue();
    }

    /** The server may have stored what it did not answer in time: its session is ended, and it is asked. */
    @Test
    void aBlockThatWasStoredAndNotAnsweredInTimeIsSeenAndNotSentAgain() throws Exception {
        server.storesAndDoesNotAnswer();
        SinkMetrics metrics = SinkMetrics.ofThisProcess();
        BlockDelivery delivery =
                new BlockDelivery(client, Blocks.IMPATIENT, InstantSource.fixed(Instant.EPOCH), metrics);

        delivery.deliver(Blocks.block());

        assertThat(server.asked())
                .filteredOn(request -> request.query().startsWith("INSERT"))
                .hasSize(1);
        assertThat(server.asked())
                .filteredOn(request -> request.parameters().containsKey("close_session"))
                .hasSize(1);
    }

    private void assertTimesOut(ThrowingCallable request) {
        Instant before = Instant.now();

        assertThatExceptionOfType(InsertFailure.Transient.class)
                .isThrownBy(request)
                .withMessageContaining("within 300 ms");

        assertThat(Duration.between(before, Instant.now())).isBetween(TIMEOUT, TIMEOUT.plus(ALLOWANCE));
    }

    private boolean isSending() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread ->
                        thread.getKey().getName().endsWith(server.address().getAuthority()))
                .flatMap(thread -> Arrays.stream(thread.getValue()))
                .anyMatch(frame -> frame.getMethodName().equals("onOutput"));
    }

    private static boolean insert(OfficialClickHouseClient client, int bytes)
            throws InsertFailure, InterruptedException {
        BlockBody.InMemory body = new BlockBody.InMemory(new byte[bytes], bytes);
        Block block = new Block(1, Blocks.LAYOUT, Blocks.DAY, 1, List.of(), body);
        return client.insert(block, body.open(), block.token(), Optional.of("ag06-a-session"));
    }

    private static ClickHouseSettings settings(URI url) {
        return SinkSettings.at(url, TIMEOUT);
    }

    private interface Call {
        void on(OfficialClickHouseClient client) throws InsertFailure, InterruptedException;
    }
}
