package io.ag06.pipeline.sink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ag06.pipeline.rowbinary.EncodedRow;
import io.ag06.pipeline.rowbinary.RowBinaryWriter;
import io.ag06.pipeline.rowbinary.RowEncoder;
import io.ag06.pipeline.rowbinary.RowLayout;
import io.ag06.pipeline.settings.ClickHouseSettings;
import io.ag06.pipeline.sink.clickhouse.FakeClickHouse.Accident;
import io.ag06.sql.Table;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The sink inside Flink: numbers go in, and each is in the table once, whatever happens between. */
@Timeout(60)
class ClickHouseSinkJobITCase {
    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(1)
            .build());

    private static final Duration CHECKPOINTS = Duration.ofMillis(50);
    private static final Duration CHECKPOINT_TIMEOUT = Duration.ofMillis(300);

    /** The servers of running tests: the provider is serialised, and finds its server again by number. */
    private static final Map<Long, FakeClickHouse> SERVERS = new ConcurrentHashMap<>();

    /** How many numbers each test's job has read. */
    private static final Map<Long, AtomicLong> READ = new ConcurrentHashMap<>();

    @TempDir
    Path directory;

    private final long server = Blocks.newName();
    private final FakeClickHouse clickHouse = new FakeClickHouse();

    @BeforeEach
    void startServer() {
        SERVERS.put(server, clickHouse);
        READ.put(server, new AtomicLong());
    }

    @AfterEach
    void stopServer() {
        SERVERS.remove(server);
        READ.remove(server);
    }

    @Test
    void everyNumberIsThereOnce() throws Exception {
        start(500, 1_000).getJobExecutionResult().get();

        assertThat(storedNumbers()).containsExactlyElementsOf(numbersTo(500));
    }

    @Test
    void aJobThatIsKilledAfterTheInsertBeforeTheAnswerStoresEachNumberOnce() throws Exception {
        clickHouse.next(Accident.CRASH_AFTER_STORING, Accident.CRASH);

        start(3_000, 1_000).getJobExecutionResult().get();

        assertThat(clickHouse.crashes()).isEqualTo(2);
        assertThat(storedNumbers()).containsExactlyElementsOf(numbersTo(3_000));
    }

    @Test
    void anOutageLongerThanCheckpointsMayTakeIsWaitedOutAndNothingPilesUp() throws Exception {
        JobClient job = start(2_000, 1_000);
        await().until(() -> !clickHouse.parts(Blocks.TABLE).isEmpty());
        clickHouse.goAway();
        long failuresBefore = clickHouse.failures();
        long outage = System.nanoTime();
        await().until(() -> clickHouse.failures() > failuresBefore + 5);
        long readWhenItWaited = READ.get(server).get();
        await().until(() -> System.nanoTime() - outage > 4 * CHECKPOINT_TIMEOUT.toNanos());

        assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.RUNNING);
        assertThat(READ.get(server).get())
                .as("numbers read while ClickHouse is away")
                .isLessThanOrEqualTo(readWhenItWaited + 1);
        clickHouse.comeBack();
        job.getJobExecutionResult().get();

        assertThat(clickHouse.crashes()).isZero();
        assertThat(storedNumbers()).containsExactlyElementsOf(numbersTo(2_000));
        assertThat(directory).as("files of blocks that are stored").isEmptyDirectory();
    }

    @Test
    void aJobCanBeCancelledDuringAnOutage() throws Exception {
        JobClient job = start(1_000_000, 1_000);
        await().until(() -> !clickHouse.parts(Blocks.TABLE).isEmpty());
        clickHouse.goAway();
        await().until(() -> clickHouse.failures() > 3);

        job.cancel().get(10, TimeUnit.SECONDS);

        await().atMost(Duration.ofSeconds(10)).until(() -> job.getJobStatus().get() == JobStatus.CANCELED);
        SERVERS.values().forEach(FakeClickHouse::comeBack);
    }

    private JobClient start(long count, double perSecond) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 10);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(1);
        environment.enableCheckpointing(CHECKPOINTS.toMillis());
        environment.getCheckpointConfig().setCheckpointTimeout(CHECKPOINT_TIMEOUT.toMillis());
        environment.getCheckpointConfig().setTolerableCheckpointFailureNumber(Integer.MAX_VALUE);
        long id = server;
        environment
                .fromSource(
                        new DataGeneratorSource<>(
                                number -> number, count, RateLimiterStrategy.perSecond(perSecond), Types.LONG),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .sinkTo(ClickHouseSink.of(new Numbers(id), settings(), () -> SERVERS.get(id)))
                .uid("clickhouse");
        return environment.executeAsync("numbers");
    }

    private List<Long> storedNumbers() {
        List<Long> numbers = new ArrayList<>();
        for (FakeClickHouse.Part part : clickHouse.parts(Blocks.TABLE)) {
            ByteBuffer rows = ByteBuffer.wrap(part.bytes()).order(ByteOrder.LITTLE_ENDIAN);
            while (rows.hasRemaining()) {
                numbers.add(rows.getLong());
                assertThat(rows.getLong()).isEqualTo(part.name());
            }
        }
        return numbers.stream().sorted().toList();
    }

    private static List<Long> numbersTo(long end) {
        return LongStream.range(0, end).boxed().toList();
    }

    private ClickHouseSettings settings() {
        return SinkSettings.withoutServer(64, directory, false); // Some blocks fit, others go to files.
    }

    /** A number is a row that holds it; its offset is itself. */
    private record Numbers(long server) implements RowEncoder<Long> {

        @Override
        public List<RowLayout> layouts() {
            return List.of(Blocks.LAYOUT);
        }

        @Override
        public EncodedRow encode(Long number) {
            READ.get(server).incrementAndGet();
            RowBinaryWriter out = new RowBinaryWriter(Long.BYTES);
            out.int64(number);
            Table table = Blocks.TABLE;
            return new EncodedRow(table.name(), Blocks.DAY, "ag06.numbers", 0, number, number, out.toByteArray());
        }
    }
}
