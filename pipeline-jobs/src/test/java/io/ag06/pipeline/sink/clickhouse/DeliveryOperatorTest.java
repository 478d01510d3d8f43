package io.ag06.pipeline.sink.clickhouse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ag06.pipeline.settings.ClickHouseSettings;
import io.ag06.pipeline.sink.clickhouse.FakeClickHouse.Accident;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableSummary;
import org.apache.flink.streaming.api.connector.sink2.CommittableWithLineage;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.FlinkRuntimeException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // The harness's close() declares Exception, of which an interrupt would be one.
class DeliveryOperatorTest {
    /** Room for two of these blocks. */
    private static final long BLOCK_MEMORY = 45;

    private static final String TOPIC = "ag06.numbers";

    /** The operator is serialised with its provider, which finds the test's server here. */
    private static FakeClickHouse clickHouse;

    @TempDir
    Path directory;

    @BeforeEach
    void startServer() {
        clickHouse = new FakeClickHouse();
    }

    @Test
    void aBlockIsSentWhenItsCheckpointIsCompleteAndNotBefore() throws Exception {
        try (var operator = fresh()) {
            Block block = Blocks.block();
            hand(operator, 1, block);
            operator.snapshot(1, 0);
            assertThat(sent()).isEmpty();

            operator.notifyOfCompletedCheckpoint(1);
            assertThat(sent()).containsExactly(block.name());
        }
    }

    @Test
    void blocksOfALaterCheckpointWaitForTheirs() throws Exception {
        try (var operator = fresh()) {
            Block first = Blocks.block();
            Block second = Blocks.block();
            hand(operator, 1, first);
            operator.snapshot(1, 0);
            hand(operator, 2, second);
            operator.snapshot(2, 0);

            operator.notifyOfCompletedCheckpoint(1);
            assertThat(sent()).containsExactly(first.name());
            operator.notifyOfCompletedCheckpoint(2);
            assertThat(sent()).containsExactly(first.name(), second.name());
        }
    }

    @Test
    void blocksOfACheckpointThatFailedTravelInTheNextAndAreSentWithIt() throws Exception {
        List<Block> blocks = List.of(Blocks.block(), Blocks.block());
        OperatorSubtaskState second;
        try (var operator = fresh()) {
            hand(operator, 1, blocks.get(0));
            operator.snapshot(1, 0); // Of which nobody hears again: it failed, or was a savepoint on the way.
            hand(operator, 2, blocks.get(1));
            second = operator.snapshot(2, 0);

            operator.notifyOfCompletedCheckpoint(2);
            assertThat(sent()).containsExactlyElementsOf(names(blocks));
        }
        startServer();
        restored(second).close();
        assertThat(sent()).as("blocks of the checkpoint").containsExactlyElementsOf(names(blocks));
    }

    @Test
    void aRestoredBlockIsSentBeforeAnythingElseAndIsTheOneItWas() throws Exception {
        Block block = Blocks.block("rows that were read once");
        OperatorSubtaskState checkpoint;
        try (var operator = fresh()) {
            hand(operator, 1, block);
            checkpoint = operator.snapshot(1, 0);
        }
        assertThat(sent()).isEmpty();

        try (var operator = restored(checkpoint)) {
            assertThat(clickHouse.parts(Blocks.TABLE)).singleElement().satisfies(part -> {
                assertThat(part.name()).isEqualTo(block.name());
                assertThat(part.partitionDay()).isEqualTo(Blocks.DAY);
                assertThat(new String(part.bytes(), US_ASCII)).isEqualTo("rows that were read once");
            });
            assertThat(restored(operator.snapshot(2, 0))).satisfies(AbstractStreamOperatorTestHarness::close);
            assertThat(clickHouse.attempts()).as("inserts").isOne();
        }
    }

    @Test
    void aRestoredBlockThatIsThereAlreadyIsNotSentAgain() throws Exception {
        Block block = Blocks.block();
        OperatorSubtaskState checkpoint;
        try (var operator = fresh()) {
            hand(operator, 1, block);
            checkpoint = operator.snapshot(1, 0);
            operator.notifyOfCompletedCheckpoint(1);
        }

        restored(checkpoint).close();

        assertThat(sent()).containsExactly(block.name());
    }

    @Test
    void whatIsDeliveredIsInNoLaterCheckpoint() throws Exception {
        OperatorSubtaskState later;
        try (var operator = fresh()) {
            hand(operator, 1, Blocks.block());
            operator.snapshot(1, 0);
            operator.notifyOfCompletedCheckpoint(1);
            later = operator.snapshot(2, 0);
        }
        startServer();

        restored(later).close();

        assertThat(sent()).isEmpty();
    }

    @Test
    void blocksThatWereNotDeliveredWhenTheJobFailedAreInItsCheckpoint() throws Exception {
        List<Block> blocks = List.of(Blocks.block(), Blocks.block(), Blocks.block());
        OperatorSubtaskState checkpoint;
        try (var operator = fresh()) {
            hand(operator, 1, blocks.toArray(Block[]::new));
            checkpoint = operator.snapshot(1, 0);
            clickHouse.next(Accident.NONE, Accident.WRONG_PASSWORD);
            assertThatExceptionOfType(FlinkRuntimeException.class)
                    .isThrownBy(() -> operator.notifyOfCompletedCheckpoint(1))
                    .withMessage("AUTHENTICATION_FAILED");
        }

        restored(checkpoint).close();

        assertThat(sent()).containsExactlyInAnyOrderElementsOf(names(blocks));
    }

    @Test
    void anotherParallelismDealsBlocksOutEachToOneTask() throws Exception {
        List<Block> blocks = Stream.generate(Blocks::block).limit(7).toList();
        OperatorSubtaskState checkpoint;
        try (var operator = fresh()) {
            hand(operator, 1, blocks.toArray(Block[]::new));
            checkpoint = operator.snapshot(1, 0);
        }
        List<Integer> shares = new ArrayList<>();
        for (int task = 0; task < 3; task++) {
            int before = sent().size();
            try (var operator = new OneInputStreamOperatorTestHarness<>(operator(false), 3, 3, task)) {
                operator.setup();
                operator.initializeState(
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(checkpoint, 3, 1, 3, task));
            }
            shares.add(sent().size() - before);
        }

        assertThat(sent()).containsExactlyInAnyOrderElementsOf(names(blocks));
        assertThat(shares).containsExactlyInAnyOrder(2, 2, 3);
    }

    @Test
    void aSpilledBlockTravelsAsItsFilesName() throws Exception {
        BlockFiles files = new BlockFiles(directory.toUri().toString(), Duration.ofDays(1), InstantSource.system());
        Block block = files.spill(Blocks.block("in a file"));
        OperatorSubtaskState checkpoint;
        try (var operator = fresh()) {
            hand(operator, 1, block);
            checkpoint = operator.snapshot(1, 0);
        }

        restored(checkpoint).close();

        assertThat(clickHouse.parts(Blocks.TABLE))
                .singleElement()
                .satisfies(
                        part -> assertThat(new String(part.bytes(), US_ASCII)).isEqualTo("in a file"));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aRestoredBlockWhoseRowsWereStoredSinceInAnotherIsRefusedForGood() throws Exception {
        OperatorSubtaskState checkpoint = checkpointOf(from(100));
        clickHouse.holding(Blocks.TABLE, 1, TOPIC, 0, 100, 100);

        try (var operator = harness()) {
            assertThatExceptionOfType(SuppressRestartsException.class)
                    .isThrownBy(() -> operator.initializeState(checkpoint))
                    .havingCause()
                    .withMessageContaining("ag06.numbers-0 at offset 100, but numbers already holds rows")
                    .withMessageContaining("--replace-from");
        }
        assertThat(sent()).isEmpty();
    }

    @Test
    void replacingDeletesWhatIsInOtherBlocksAndSendsTheRestored() throws Exception {
        Block stored = from(100);
        Block missing = from(100);
        OperatorSubtaskState checkpoint = checkpointOf(stored, missing);
        clickHouse.holding(stored).holding(Blocks.TABLE, stored.name(), TOPIC, 0, 100, 120);
        clickHouse.holding(Blocks.TABLE, 1, TOPIC, 0, 110, 130);

        try (var operator = harness(true)) {
            operator.initializeState(checkpoint);
        }

        assertThat(sent()).containsExactly(stored.name(), missing.name());
        assertThat(clickHouse.holdsRowsFrom(Blocks.TABLE, new Origin(TOPIC, 0, 0), Set.of(stored.name())))
                .as("rows of other blocks")
                .isFalse();
        assertThat(clickHouse.holdsRowsFrom(Blocks.TABLE, new Origin(TOPIC, 0, 0), Set.of()))
                .as("rows of the checkpoint")
                .isTrue();
    }

    @Test
    void rowsOfTheSameCheckpointsBlocksAreKnownWhicheverTaskDeliveredThem() throws Exception {
        Block stored = from(100);
        Block missing = from(100);
        OperatorSubtaskState checkpoint = checkpointOf(stored, missing);
        clickHouse.holding(stored).holding(Blocks.TABLE, stored.name(), TOPIC, 0, 100, 120);

        for (int task = 0; task < 2; task++) {
            try (var operator = new OneInputStreamOperatorTestHarness<>(operator(false), 2, 2, task)) {
                operator.setup();
                operator.initializeState(
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(checkpoint, 2, 1, 2, task));
            }
        }

        assertThat(sent()).containsExactlyInAnyOrder(stored.name(), missing.name());
    }

    @Test
    void whereCheckpointsFailBlocksGatherInFilesAndAreSentWhenOneSucceeds() throws Exception {
        List<Block> blocks = List.of(Blocks.block(), Blocks.block(), Blocks.block());
        try (var operator = fresh()) {
            for (int i = 0; i < blocks.size(); i++) {
                hand(operator, i + 1, blocks.get(i));
                operator.snapshot(i + 1, 0);
            }
            assertThat(directory)
                    .isDirectoryContaining("glob:**/" + blocks.get(2).token() + ".block");
            assertThat(directory.resolve(blocks.get(0).token() + ".block")).doesNotExist();

            operator.notifyOfCompletedCheckpoint(3);
        }
        assertThat(sent()).containsExactlyElementsOf(names(blocks));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void flinksCommitterIsHandedNothing() throws Exception {
        try (var operator = fresh()) {
            hand(operator, 1, Blocks.block());
            operator.snapshot(1, 0);
            operator.notifyOfCompletedCheckpoint(1);

            assertThat(operator.getOutput()).isEmpty();
        }
    }

    @Test
    void withoutCheckpointsTheEndOfTheInputSends() throws Exception {
        try (var operator = fresh()) {
            Block block = Blocks.block();
            hand(operator, 1, block);
            operator.endInput();

            assertThat(sent()).containsExactly(block.name());
        }
    }

    @Test
    void withCheckpointsTheEndOfTheInputWaitsForTheLastOne() throws Exception {
        try (var operator = harness()) {
            operator.getEnvironment()
                    .getJobConfiguration()
                    .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
            operator.open();
            Block block = Blocks.block();
            hand(operator, 4, block);
            operator.endInput();
            assertThat(sent()).isEmpty();

            operator.snapshot(4, 0);
            operator.notifyOfCompletedCheckpoint(4);
            assertThat(sent()).containsExactly(block.name());
        }
    }

    @Test
    void itsClientIsClosedWithIt() throws Exception {
        fresh().close();

        assertThat(clickHouse.isClosed()).isTrue();
    }

    private OperatorSubtaskState checkpointOf(Block... blocks) throws Exception {
        try (var operator = fresh()) {
            hand(operator, 1, blocks);
            return operator.snapshot(1, 0);
        }
    }

    /** A block whose rows begin at an offset. */
    private static Block from(long offset) {
        Block block = Blocks.block();
        return new Block(
                block.name(),
                block.layout(),
                block.partitionDay(),
                block.rows(),
                List.of(new Origin(TOPIC, 0, offset)),
                block.body());
    }

    private static List<Long> sent() {
        return clickHouse.parts(Blocks.TABLE).stream()
                .map(FakeClickHouse.Part::name)
                .toList();
    }

    private static List<Long> names(List<Block> blocks) {
        return blocks.stream().map(Block::name).toList();
    }

    /** As the writer hands them over before the barrier of a checkpoint. */
    private static void hand(
            OneInputStreamOperatorTestHarness<CommittableMessage<Block>, ?> operator, long checkpoint, Block... blocks)
            throws Exception {
        operator.processElement(new CommittableSummary<>(0, 1, checkpoint, blocks.length, 0), 0);
        for (Block block : blocks) {
            operator.processElement(new CommittableWithLineage<>(block, checkpoint, 0), 0);
        }
    }

    private OneInputStreamOperatorTestHarness<CommittableMessage<Block>, CommittableMessage<Block>> fresh()
            throws Exception {
        var operator = harness();
        operator.open();
        return operator;
    }

    private OneInputStreamOperatorTestHarness<CommittableMessage<Block>, CommittableMessage<Block>> restored(
            OperatorSubtaskState checkpoint) throws Exception {
        var operator = harness();
        operator.initializeState(checkpoint);
        return operator;
    }

    private OneInputStreamOperatorTestHarness<CommittableMessage<Block>, CommittableMessage<Block>> harness()
            throws Exception {
        return harness(false);
    }

    private OneInputStreamOperatorTestHarness<CommittableMessage<Block>, CommittableMessage<Block>> harness(
            boolean replaceFrom) throws Exception {
        var operator = new OneInputStreamOperatorTestHarness<>(operator(replaceFrom));
        operator.setup();
        return operator;
    }

    private DeliveryOperator operator(boolean replaceFrom) {
        ClickHouseSettings settings = SinkSettings.withoutServer(BLOCK_MEMORY, directory, replaceFrom);
        return new DeliveryOperator(settings, () -> clickHouse);
    }
}
