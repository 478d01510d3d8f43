package io.ag06.local.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.pipeline.rowbinary.RowLayout;
import io.ag06.pipeline.settings.ClickHouseSettings;
import io.ag06.pipeline.settings.Secret;
import io.ag06.pipeline.sink.clickhouse.Block;
import io.ag06.pipeline.sink.clickhouse.BlockBody;
import io.ag06.pipeline.sink.clickhouse.OfficialClickHouseClient;
import io.ag06.pipeline.sink.clickhouse.PinnedSettings;
import io.ag06.sql.Table;
import io.ag06.sql.Table.OffsetColumns;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sink's delivery builds on, with its own client and the real engine: sessions, tokens, look-ups. */
class SinkSessionITCase {
    private static final Table NUMBERS = new Table("numbers", "day", OffsetColumns.NONE);
    private static final RowLayout LAYOUT = new RowLayout(NUMBERS, List.of("n", "day"));
    private static final int DAY = 20_000;
    private static final int ROWS = 100_000;

    /** What a profile may say: blocks are cut, and tokens do not count. */
    private static final String OTHERWISE = """
            SET insert_deduplicate = 0, deduplicate_insert = 'disable', max_insert_block_size = 20000,
                max_insert_block_size_bytes = 400000, min_insert_block_size_rows = 20000,
                min_insert_block_size_bytes = 400000, input_format_max_block_size_bytes = 400000,
                use_strict_insert_block_limits = 1""";

    @TempDir
    Path data;

    @Test
    void anInsertIsCarriedOutByTheLifeOfTheServerThatOpenedItsSessionOrNotAtAll() throws Exception {
        Block first = block(1);
        Block second = block(2);
        int port;
        String session;
        try (LocalClickHouse clickHouse = start(0);
                OfficialClickHouseClient client = client(clickHouse)) {
            port = clickHouse.url().getPort();
            createTable(clickHouse);
            session = client.openSession();
            assertThat(insert(client, first, session)).isTrue();
            assertThat(client.isStored(NUMBERS, first.name(), OptionalInt.of(DAY)))
                    .isTrue();
            clickHouse.kill();
        }
        try (LocalClickHouse clickHouse = start(port);
                OfficialClickHouseClient client = client(clickHouse)) {
            assertThat(insert(client, second, session)).isFalse();
            assertThat(client.isStored(NUMBERS, second.name(), OptionalInt.of(DAY)))
                    .isFalse();

            assertThat(insert(client, second, client.openSession())).isTrue();
            assertThat(insert(client, second, client.openSession())).isTrue();
            assertThat(EndpointCalls.to(clickHouse).sql("SELECT count(), uniqExact(n) FROM t.numbers"))
                    .isEqualTo("200000\t200000");
        }
    }

    @Test
    void anInsertOnItsWayIsNotCarriedOutOnceItsSessionHasEnded() throws Exception {
        try (LocalClickHouse clickHouse = start(0);
                OfficialClickHouseClient client = client(clickHouse)) {
            createTable(clickHouse);
            String session = client.openSession();
            HeldBack body = new HeldBack(rows(1));
            FutureTask<Boolean> insert =
                    new FutureTask<>(() -> client.insert(block(1), body, block(1).token(), Optional.of(session)));
            new Thread(insert, "insert").start();
            body.awaitItsHalf();

            client.endSession(session);
            body.goOn();

            assertThat(insert.get()).isFalse();
            assertThat(client.isStored(NUMBERS, 1, OptionalInt.of(DAY))).isFalse();
        }
    }

    @Test
    void aBlockIsOnePartAndStoredOnceWhateverItsSessionWasToldBefore() throws Exception {
        try (LocalClickHouse clickHouse = start(0);
                OfficialClickHouseClient client = client(clickHouse)) {
            EndpointCalls calls = EndpointCalls.to(clickHouse);
            createTable(clickHouse);
            calls.sql("SYSTEM STOP MERGES t.numbers");
            String session = client.openSession();
            assertThat(calls.post("/?session_id=" + session, OTHERWISE.getBytes(StandardCharsets.US_ASCII))
                            .statusCode())
                    .isEqualTo(200);

            assertThat(insert(client, block(1), session)).isTrue();
            assertThat(insert(client, block(1), session)).isTrue();

            assertThat(stored(calls, 1)).isEqualTo("1\t" + ROWS);

            // Whoever pins nothing meets what the session was told.
            String other = "INSERT INTO t.numbers (n, day, sink_block) FORMAT RowBinary";
            calls.insert(other, rows(2), "&session_id=" + session + "&insert_deduplication_token=2");
            assertThat(stored(calls, 2)).doesNotStartWith("1\t").endsWith("\t" + ROWS);
            calls.insert(other, rows(2), "&session_id=" + session + "&insert_deduplication_token=2");
            assertThat(stored(calls, 2)).endsWith("\t" + 2 * ROWS);
        }
    }

    @Test
    void onlyATableWithATtlMayHaveForgottenAndOnlyADayThatIsOver() throws Exception {
        try (LocalClickHouse clickHouse = start(0);
                OfficialClickHouseClient client = client(clickHouse)) {
            createTable(clickHouse);
            int today = Math.toIntExact(
                    LocalDate.ofInstant(client.now(), ZoneOffset.UTC).toEpochDay());
            assertThat(client.mayHaveForgotten(NUMBERS, today - 1000)).isFalse();

            EndpointCalls.to(clickHouse).sql("ALTER TABLE t.numbers MODIFY TTL day + INTERVAL 30 DAY");

            assertThat(client.mayHaveForgotten(NUMBERS, today - 1)).isTrue();
            assertThat(client.mayHaveForgotten(NUMBERS, today + 1)).isFalse();
        }
    }

    @Test
    void everySettingThatIsPinnedIsOneOfTheEngine() {
        try (LocalClickHouse clickHouse = start(0)) {
            assertThat(EndpointCalls.to(clickHouse)
                            .sql("SELECT name FROM system.settings")
                            .lines())
                    .containsAll(PinnedSettings.names());
        }
    }

    /** In how many parts a block was stored, and how many rows of it. */
    private static String stored(EndpointCalls calls, long block) {
        return calls.sql("SELECT uniqExact(_block_number), count() FROM t.numbers WHERE sink_block = " + block);
    }

    private LocalClickHouse start(int port) {
        return LocalClickHouse.start(data, port);
    }

    private static void createTable(LocalClickHouse clickHouse) {
        EndpointCalls calls = EndpointCalls.to(clickHouse);
        calls.sql("CREATE DATABASE t");
        calls.sql("CREATE TABLE t.numbers (n UInt64, day Date, sink_block UInt64) ENGINE = MergeTree PARTITION BY day"
                + " ORDER BY n SETTINGS non_replicated_deduplication_window = 10000");
    }

    private static OfficialClickHouseClient client(LocalClickHouse clickHouse) {
        return new OfficialClickHouseClient(new ClickHouseSettings(
                clickHouse.url(),
                clickHouse.user(),
                Secret.fromFile(clickHouse.passwordFile()),
                "t",
                false,
                Duration.ofSeconds(20),
                Duration.ofMillis(1),
                Duration.ofMillis(20),
                0,
                "/nowhere",
                false));
    }

    private static boolean insert(OfficialClickHouseClient client, Block block, String session) throws Exception {
        return client.insert(block, new ByteArrayInputStream(rows(block.name())), block.token(), Optional.of(session));
    }

    private static Block block(long name) {
        byte[] rows = rows(name);
        return new Block(name, LAYOUT, DAY, ROWS, List.of(), new BlockBody.InMemory(rows, rows.length));
    }

    private static byte[] rows(long name) {
        ByteBuffer rows = ByteBuffer.allocate(ROWS * 18).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < ROWS; i++) {
            rows.putLong(ROWS * name + i).putShort((short) DAY).putLong(name);
        }
        return rows.array();
    }

    /** Gives its first half, more than any buffer holds on its way, and the rest when it is told to go on. */
    private static final class HeldBack extends FilterInputStream {
        private final CountDownLatch halfGiven = new CountDownLatch(1);
        private final CountDownLatch mayGoOn = new CountDownLatch(1);
        private int toGive;

        HeldBack(byte[] bytes) {
            super(new ByteArrayInputStream(bytes));
            toGive = bytes.length / 2;
        }

        void awaitItsHalf() throws InterruptedException {
            halfGiven.await();
        }

        void goOn() {
            mayGoOn.countDown();
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            if (toGive > 0) {
                int read = super.read(into, from, Math.min(most, toGive));
                toGive -= read;
                return read;
            }
            halfGiven.countDown();
            try {
                mayGoOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return super.read(into, from, most);
        }
    }
}
