package io.ag06.pipeline.sink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.ag06.pipeline.rowbinary.EncodedRow;
import io.ag06.pipeline.rowbinary.RowEncoder;
import io.ag06.pipeline.rowbinary.RowLayout;
import io.ag06.sql.Table;
import io.ag06.sql.Table.OffsetColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClickHouseSinkWriterTest {
    private static final Table NUMBERS = Blocks.TABLE;
    private static final Table WORDS = new Table("words", "appended_at", OffsetColumns.OF_FACTS);
    private static final int NAME = Long.BYTES;

    @TempDir
    Path directory;

    private final FakeClickHouse clickHouse = new FakeClickHouse();
    private final List<ClickHouseSinkWriter<EncodedRow>> writers = new ArrayList<>();

    @AfterEach
    void closeWriters() {
        writers.forEach(ClickHouseSinkWriter::close);
    }

    @Test
    void rowsOfOneTableAndPartitionAreOneBlock() throws Exception {
        var writer = writer(BlockLimits.DEFAULT);
        writer.write(Blocks.row(NUMBERS, 1, "a"), null);
        writer.write(Blocks.row(NUMBERS, 1, "b"), null);
        writer.write(Blocks.row(NUMBERS, 2, "c"), null);
        writer.write(Blocks.row(WORDS, 1, "d"), null);
        writer.write(Blocks.row(NUMBERS, 1, "e"), null);

        Collection<Block> blocks = writer.prepareCommit();

        assertThat(blocks)
                .extracting(
                        block -> block.layout().table().name(),
                        Block::partitionDay,
                        Block::rows,
                        ClickHouseSinkWriterTest::rows)
                .containsExactlyInAnyOrder(
                        tuple("numbers", 1, 3, "abe"), tuple("numbers", 2, 1, "c"), tuple("words", 1, 1, "d"));
        assertThat(blocks).extracting(Block::name).doesNotHaveDuplicates();
    }

    @Test
    void everyRowEndsWithTheNameOfItsBlockLittleEndian() throws Exception {
        var writer = writer(BlockLimits.DEFAULT);
        writer.write(Blocks.row(NUMBERS, 1, "first"), null);
        writer.write(Blocks.row(NUMBERS, 1, "second"), null);

        Block block = writer.prepareCommit().iterator().next();

        byte[] name = ByteBuffer.allocate(NAME)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(block.name())
                .array();
        assertThat(bytes(block))
                .isEqualTo(concat(
                        "first".getBytes(StandardCharsets.US_ASCII),
                        name,
                        "second".getBytes(StandardCharsets.US_ASCII),
                        name));
    }

    @Test
    void aBlockIsCutAtItsMostRows() throws Exception {
        var writer = writer(new BlockLimits(2, 1 << 20, 1 << 20));
        for (String row : List.of("a", "b", "c", "d", "e")) {
            writer.write(Blocks.row(NUMBERS, 1, row), null);
        }

        assertThat(writer.prepareCommit())
                .extracting(ClickHouseSinkWriterTest::rows)
                .containsExactly("ab", "cd", "e");
    }

    @Test
    void aBlockIsCutBeforeItExceedsItsMostBytes() throws Exception {
        int bytes = 2 * (3 + NAME);
        var writer = writer(new BlockLimits(1_000, bytes, 1 << 20));
        for (String row : List.of("aaa", "bbb", "ccc")) {
            writer.write(Blocks.row(NUMBERS, 1, row), null);
        }

        assertThat(writer.prepareCommit())
                .allSatisfy(block -> assertThat(block.body().length()).isLessThanOrEqualTo(bytes))
                .extracting(Block::rows)
                .containsExactly(2, 1);
    }

    @Test
    void aRowLargerThanABlockTravelsAlone() throws Exception {
        var writer = writer(new BlockLimits(1_000, 20, 1 << 20));
        String large = "x".repeat(100);
        for (String row : List.of("a", large, "b")) {
            writer.write(Blocks.row(NUMBERS, 1, row), null);
        }

        assertThat(writer.prepareCommit()).extracting(Block::rows).containsExactly(1, 1, 1);
    }

    @Test
    void aBlockGrowsToManyTimesItsFirstSize() throws Exception {
        var writer = writer(BlockLimits.DEFAULT);
        for (int i = 0; i < 20_000; i++) {
            writer.write(Blocks.row(NUMBERS, 1, "0123456789"), null);
        }

        Block block = writer.prepareCommit().iterator().next();

        assertThat(block.body().length()).isEqualTo(20_000 * (10 + NAME));
        assertThat(rows(block, 10)).isEqualTo("0123456789".repeat(20_000));
    }

    @Test
    void eachCheckpointTakesWhatCameSinceTheLast() throws Exception {
        var writer = writer(BlockLimits.DEFAULT);
        writer.write(Blocks.row(NUMBERS, 1, "a"), null);
        assertThat(writer.prepareCommit()).hasSize(1);
        assertThat(writer.prepareCommit()).isEmpty();
        writer.write(Blocks.row(NUMBERS, 1, "b"), null);

        assertThat(writer.prepareCommit())
                .extracting(ClickHouseSinkWriterTest::rows)
                .containsExactly("b");
    }

    @Test
    void aFlushSendsNothing() throws Exception {
        var writer = writer(BlockLimits.DEFAULT);
        writer.write(Blocks.row(NUMBERS, 1, "a"), null);
        writer.flush(true);

        assertThat(clickHouse.attempts()).isZero();
        assertThat(writer.prepareCommit()).hasSize(1);
    }

    @Test
    void whatExceedsTheMemoryGoesToFiles() throws Exception {
        var writer = writer(new BlockLimits(1, 1 << 20, 2 * (1 + NAME)));
        for (String row : List.of("a", "b", "c", "d")) {
            writer.write(Blocks.row(NUMBERS, 1, row), null);
        }

        Collection<Block> blocks = writer.prepareCommit();

        assertThat(blocks)
                .extracting(block -> block.body().getClass().getSimpleName())
                .containsExactly("InMemory", "InMemory", "Spilled", "Spilled");
        assertThat(blocks).extracting(ClickHouseSinkWriterTest::rows).containsExactly("a", "b", "c", "d");
        assertThat(directory).isDirectoryContaining("glob:**.block");
    }

    @Test
    void aCheckpointFreesTheMemory() throws Exception {
        var writer = writer(new BlockLimits(1, 1 << 20, 1 + NAME));
        writer.write(Blocks.row(NUMBERS, 1, "a"), null);
        writer.prepareCommit();
        writer.write(Blocks.row(NUMBERS, 1, "b"), null);

        assertThat(writer.prepareCommit()).allMatch(block -> block.body() instanceof BlockBody.InMemory);
    }

    @Test
    void openBlocksCountAsMemoryToo() throws Exception {
        var writer = writer(new BlockLimits(1_000, 2 * (1 + NAME), 3 * (1 + NAME)));
        writer.write(Blocks.row(NUMBERS, 1, "a"), null);
        writer.write(Blocks.row(NUMBERS, 1, "b"), null);
        writer.write(Blocks.row(NUMBERS, 2, "c"), null);
        writer.write(Blocks.row(NUMBERS, 2, "d"), null);
        writer.write(Blocks.row(NUMBERS, 1, "e"), null);

        assertThat(directory).isDirectoryContaining("glob:**.block");
    }

    @Test
    void nothingIsSpilledWhileClickHouseIsAway() throws Exception {
        var writer = writer(new BlockLimits(1, 1 << 20, NAME));
        writer.write(Blocks.row(NUMBERS, 1, "a"), null);
        clickHouse.goAway();
        FutureTask<Void> task = new FutureTask<>(() -> {
            writer.write(Blocks.row(NUMBERS, 1, "b"), null);
            return null;
        });
        Thread thread = new Thread(task, "writer");
        thread.start();
        await().until(() -> clickHouse.failures() > 0);
        assertThat(directory).isEmptyDirectory();

        clickHouse.comeBack();
        task.get();

        assertThat(directory).isDirectoryContaining("glob:**.block");
    }

    @Test
    void aCheckpointDoesNotWaitForClickHouse() throws Exception {
        var writer = writer(new BlockLimits(1, 1 << 20, 0));
        writer.write(Blocks.row(NUMBERS, 1, "a"), null);
        clickHouse.goAway();

        assertThat(writer.prepareCommit()).hasSize(1);
    }

    @Test
    void aBlockSaysWhereItsRowsBegin() throws Exception {
        var writer = writer(BlockLimits.DEFAULT);
        writer.write(Blocks.rowAt(NUMBERS, "ag06.numbers", 0, 12, 12), null);
        writer.write(Blocks.rowAt(NUMBERS, "ag06.numbers", 1, 40, 40), null);
        writer.write(Blocks.rowAt(NUMBERS, "ag06.numbers", 0, 13, 13), null);
        writer.write(Blocks.rowAt(NUMBERS, "ag06.numbers", 0, 11, 11), null);

        assertThat(writer.prepareCommit())
                .singleElement()
                .extracting(Block::origins, InstanceOfAssertFactories.list(Origin.class))
                .containsExactly(new Origin("ag06.numbers", 0, 11), new Origin("ag06.numbers", 1, 40));
    }

    @Test
    void filesOfBlocksThatNoCheckpointHasAreDeletedWithTheTask() throws Exception {
        var writer = writer(new BlockLimits(1, 1 << 20, 0));
        writer.write(Blocks.row(NUMBERS, 1, "a"), null);
        writer.prepareCommit();
        writer.write(Blocks.row(NUMBERS, 1, "b"), null);
        writer.write(Blocks.row(NUMBERS, 1, "c"), null);
        assertThat(files()).isEqualTo(2);

        writer.close();

        assertThat(files()).isEqualTo(1);
    }

    private long files() throws IOException {
        try (var found = Files.list(directory)) {
            return found.count();
        }
    }

    @Test
    void itsClientIsClosedWithIt() throws Exception {
        writer(BlockLimits.DEFAULT).close();

        assertThat(clickHouse.isClosed()).isTrue();
    }

    @Test
    void theFirstRowOfAPartitionIsHeldAgainstTheTable() {
        clickHouse.holding(NUMBERS, "ag06.numbers", 0, 7, 7);

        assertThatExceptionOfType(SuppressRestartsException.class)
                .isThrownBy(() -> writer(BlockLimits.DEFAULT).write(Blocks.row(NUMBERS, 1, "a"), null));
    }

    private ClickHouseSinkWriter<EncodedRow> writer(BlockLimits limits) {
        var layouts = List.of(Blocks.LAYOUT, new RowLayout(WORDS, List.of("word")));
        var writer = new ClickHouseSinkWriter<>(
                RowEncoder.ofEncodedRows(layouts),
                limits,
                new StartGuard(clickHouse, Blocks.IMPATIENT, false),
                new BlockFiles(directory.toString(), Duration.ofDays(1), InstantSource.system()),
                Blocks::newName,
                clickHouse,
                Blocks.IMPATIENT,
                SinkMetrics.ofThisProcess());
        writers.add(writer);
        return writer;
    }

    private static byte[] bytes(Block block) throws IOException {
        BlockBody.InMemory body = BlockFiles.read(block);
        return Arrays.copyOf(body.bytes(), body.length());
    }

    /** The rows of a block without its name, where all are of one length. */
    private static String rows(Block block) {
        return rows(block, block.body().length() / block.rows() - NAME);
    }

    private static String rows(Block block, int length) {
        try {
            byte[] bytes = bytes(block);
            StringBuilder rows = new StringBuilder();
            for (int at = 0; at < bytes.length; at += length + NAME) {
                rows.append(new String(bytes, at, length, StandardCharsets.US_ASCII));
            }
            return rows.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] concat(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
