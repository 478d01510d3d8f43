package io.ag06.local.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ag06.pipeline.rowbinary.EncodedRow;
import io.ag06.pipeline.rowbinary.RowEncoder;
import io.ag06.pipeline.rowbinary.RowLayout;
import io.ag06.pipeline.settings.ClickHouseSettings;
import io.ag06.pipeline.settings.Secret;
import io.ag06.pipeline.sink.clickhouse.Block;
import io.ag06.pipeline.sink.clickhouse.BlockBody;
import io.ag06.pipeline.sink.clickhouse.ClickHouseSink;
import io.ag06.sql.Table;
import io.ag06.sql.Table.OffsetColumns;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobInfo;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.metrics.groups.SinkCommitterMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.metrics.groups.InternalSinkCommitterMetricGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The engine is killed while blocks are sent to it, again and again, and every block that was under way is sent by a
 * second sender as well, as after a fail-over whose old task lives on. It is there once.
 *
 * <p>{@code -Dag06.kills=N} for more kills than a build has time for.
 */
class KilledEngineITCase {
    private static final int KILLS = Integer.getInteger("ag06.kills", 4);
    private static final long SEED = 20_261_125;
    private static final int SENDERS = 3;
    private static final int ROWS = 100;
    private static final Table NUMBERS = new Table("numbers", "day", OffsetColumns.NONE);
    private static final RowLayout LAYOUT = new RowLayout(NUMBERS, List.of("n", "day"));
    private static final int DAY = 20_000;

    @TempDir
    Path data;

    private final AtomicInteger names = new AtomicInteger();
    private final ExecutorService senders = Executors.newCachedThreadPool();

    /** Blocks whose sending has begun and not ended. */
    private final ConcurrentLinkedQueue<Block> underWay = new ConcurrentLinkedQueue<>();

    @Test
    void whatWasUnderWayAtAKillIsThereOnceThoughTwoSendIt() throws Exception {
        Random random = new Random(SEED);
        int doubles = 0;
        LocalClickHouse clickHouse = LocalClickHouse.start(data, 0);
        int port = clickHouse.url().getPort();
        EndpointCalls.to(clickHouse).sql("CREATE DATABASE t");
        EndpointCalls.to(clickHouse)
                .sql("CREATE TABLE t.numbers (n UInt64, day Date, sink_block UInt64) ENGINE = MergeTree"
                        + " PARTITION BY day ORDER BY n SETTINGS non_replicated_deduplication_window = 10000");
        EndpointCalls.to(clickHouse)
                .sql(
                        "CREATE TABLE t.rejected_blocks (block UInt64, sink_block UInt64) ENGINE = MergeTree ORDER BY block"
                                + " SETTINGS non_replicated_deduplication_window = 10000");
        ClickHouseSettings settings = settings(clickHouse);

        for (int kill = 0; kill < KILLS; kill++) {
            Sending sending = new Sending(settings);
            List<Future<?>> first = sending.start(SENDERS);
            int killAt = names.get() + 10 + random.nextInt(60);
            await().pollInterval(Duration.ofMillis(1)).until(() -> names.get() >= killAt);
            List<Block> caught = List.copyOf(underWay);
            clickHouse.kill();
            clickHouse.close();
            sending.stopAfterThis();
            clickHouse = LocalClickHouse.start(data, port);
            List<Future<?>> second = new ArrayList<>();
            for (Block block : caught) {
                second.add(senders.submit(() -> send(block, settings)));
            }
            doubles += caught.size();
            for (Future<?> sender : first) {
                sender.get(60, TimeUnit.SECONDS);
            }
            for (Future<?> sender : second) {
                sender.get(60, TimeUnit.SECONDS);
            }
        }

        assertThat(doubles).as("blocks under way at a kill").isPositive();
        long sent = (long) names.get() * ROWS;
        assertThat(EndpointCalls.to(clickHouse).sql("SELECT count(), uniqExact(n) FROM t.numbers"))
                .as("%d kills, %d blocks, %d of them sent twice", KILLS, names.get(), doubles)
                .isEqualTo(sent + "\t" + sent);
        System.out.printf(
                "%d kills, %d blocks, %d of them under way at a kill and sent by two; each is there once%n",
                KILLS, names.get(), doubles);
        clickHouse.close();
        senders.shutdownNow();
    }

    @SuppressWarnings("try") // close() declares Exception, of which an interrupt would be one; nobody interrupts.
    private Void send(Block block, ClickHouseSettings settings) throws Exception {
        try (Committer<Block> committer =
                ClickHouseSink.of(new Nothing(), settings).createCommitter(new Context())) {
            committer.commit(List.of(new Request(block)));
        }
        return null;
    }

    private Block newBlock() {
        int name = names.getAndIncrement();
        ByteBuffer rows = ByteBuffer.allocate(ROWS * 18).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < ROWS; i++) {
            rows.putLong((long) name * ROWS + i).putShort((short) DAY).putLong(name);
        }
        return new Block(name, LAYOUT, DAY, ROWS, List.of(), new BlockBody.InMemory(rows.array(), rows.capacity()));
    }

    private static ClickHouseSettings settings(LocalClickHouse clickHouse) {
        return new ClickHouseSettings(
                clickHouse.url(),
                clickHouse.user(),
                Secret.fromFile(clickHouse.passwordFile()),
                "t",
                false,
                Duration.ofSeconds(20),
                Duration.ofMillis(1),
                Duration.ofMillis(50),
                0,
                "/nowhere",
                false);
    }

    /** Senders that send one block after the other until they are told to stop. */
    private final class Sending {
        private final ClickHouseSettings settings;
        private volatile boolean goesOn = true;

        Sending(ClickHouseSettings settings) {
            this.settings = settings;
        }

        List<Future<?>> start(int count) {
            List<Future<?>> started = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                started.add(senders.submit(this::run));
            }
            return started;
        }

        void stopAfterThis() {
            goesOn = false;
        }

        @SuppressWarnings("try") // As above.
        private Void run() throws Exception {
            try (Committer<Block> committer =
                    ClickHouseSink.of(new Nothing(), settings).createCommitter(new Context())) {
                while (goesOn) {
                    Block block = newBlock();
                    underWay.add(block);
                    committer.commit(List.of(new Request(block)));
                    underWay.remove(block);
                }
            }
            return null;
        }
    }

    /** No rows are encoded here: the blocks are made. */
    private static final class Nothing implements RowEncoder<String> {
        private static final long serialVersionUID = 1;

        @Override
        public List<RowLayout> layouts() {
            return List.of(LAYOUT);
        }

        @Override
        public EncodedRow encode(String element) {
            throw new UnsupportedOperationException("No rows are encoded here");
        }
    }

    /** Of a committer outside a job. */
    private record Context() implements CommitterInitContext {
        @Override
        public SinkCommitterMetricGroup metricGroup() {
            return InternalSinkCommitterMetricGroup.wrap(UnregisteredMetricsGroup.createOperatorMetricGroup());
        }

        @Override
        public OptionalLong getRestoredCheckpointId() {
            return OptionalLong.empty();
        }

        @Override
        public JobInfo getJobInfo() {
            throw new UnsupportedOperationException("There is no job");
        }

        @Override
        public TaskInfo getTaskInfo() {
            throw new UnsupportedOperationException("There is no task");
        }
    }

    /** Flink's request to commit a block. */
    private record Request(Block block) implements Committer.CommitRequest<Block> {
        @Override
        public Block getCommittable() {
            return block;
        }

        @Override
        public int getNumberOfRetries() {
            return 0;
        }

        @Override
        public void signalFailedWithKnownReason(Throwable reason) {
            throw new AssertionError("Data would be dropped", reason);
        }

        @Override
        public void signalFailedWithUnknownReason(Throwable reason) {
            throw new AssertionError("Data would be dropped", reason);
        }

        @Override
        public void retryLater() {
            throw new AssertionError("Flink would spin");
        }

        @Override
        public void updateAndRetryLater(Block other) {
            throw new AssertionError("Flink would spin");
        }

        @Override
        public void signalAlreadyCommitted() {
            throw new AssertionError("Nobody says so");
        }
    }
}
