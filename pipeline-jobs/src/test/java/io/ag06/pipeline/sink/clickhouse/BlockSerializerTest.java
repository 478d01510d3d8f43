package io.ag06.pipeline.sink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ag06.pipeline.rowbinary.RowLayout;
import io.ag06.sql.Table;
import io.ag06.sql.Table.OffsetColumns;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class BlockSerializerTest {
    private static final List<Origin> ORIGINS =
            List.of(new Origin("ag06.numbers", 0, 7), new Origin("ag06.numbers", 1, Long.MAX_VALUE));

    private final BlockSerializer serializer = new BlockSerializer();

    @Test
    void aBlockInMemoryComesBack() throws IOException {
        Block block = new Block(
                -1, Blocks.LAYOUT, Blocks.DAY, 2, ORIGINS, new BlockBody.InMemory(new byte[] {1, 2, 3, 99, 99}, 3));

        Block back = roundTrip(block);

        assertThat(back).usingRecursiveComparison().ignoringFields("body").isEqualTo(block);
        assertThat(back.token()).isEqualTo("18446744073709551615");
        assertThat(back.body().length()).isEqualTo(3);
        assertThat(((BlockBody.InMemory) back.body()).bytes()).startsWith(1, 2, 3);
    }

    @Test
    void onlyTheBytesThatCountAreInTheCheckpoint() throws IOException {
        Block loose = new Block(1, Blocks.LAYOUT, 0, 1, List.of(), new BlockBody.InMemory(new byte[1 << 20], 3));

        assertThat(serializer.serialize(loose)).hasSizeLessThan(300);
    }

    @Test
    void aSpilledBlockComesBack() throws IOException {
        Block block = new Block(
                7, Blocks.LAYOUT, Blocks.DAY, 2, ORIGINS, new BlockBody.Spilled("s3://blocks/7.block", 1 << 20, "ab"));

        assertThat(roundTrip(block)).isEqualTo(block);
    }

    @Test
    void aFormatOfALaterVersionIsRefusedWithWhatToDo() throws IOException {
        byte[] bytes = serializer.serialize(Blocks.block());

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> serializer.deserialize(3, bytes))
                .withMessageContaining("reads blocks up to format 2; the checkpoint holds format 3")
                .withMessageContaining("Restore it with the version that wrote it");
    }

    @Test
    void aBlockOfTheFirstFormatDoesNotSayWhereItCameFrom() throws IOException {
        DataOutputSerializer first = new DataOutputSerializer(16);
        first.writeLong(7);
        for (String text : List.of("numbers", "appended_at", "", "kafka_offset", "kafka_offset")) {
            first.writeUTF(text);
        }
        first.writeInt(1);
        first.writeUTF("number");
        first.writeInt(Blocks.DAY);
        first.writeInt(2);
        first.writeByte(0);
        first.writeInt(3);
        first.write(new byte[] {1, 2, 3});

        Block block = serializer.deserialize(1, first.getCopyOfBuffer());

        assertThat(block)
                .usingRecursiveComparison()
                .isEqualTo(new Block(
                        7,
                        new RowLayout(Blocks.TABLE, List.of("number")),
                        Blocks.DAY,
                        2,
                        List.of(),
                        new BlockBody.InMemory(new byte[] {1, 2, 3}, 3)));
    }

    @Test
    void aBlockThatEndsEarlyIsRefused() throws IOException {
        byte[] bytes = serializer.serialize(Blocks.block());

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> serializer.deserialize(2, Arrays.copyOf(bytes, bytes.length - 1)));
    }

    @Property(tries = 200)
    void anyBlockComesBack(@ForAll("blocks") Block block) throws IOException {
        assertThat(roundTrip(block)).usingRecursiveComparison().isEqualTo(block);
    }

    @Provide
    Arbitrary<Block> blocks() {
        Arbitrary<String> text = Arbitraries.strings().ofMaxLength(40);
        Arbitrary<Table> tables = Combinators.combine(text, text, text, text, text)
                .as((name, partition, topic, first, last) ->
                        new Table(name, partition, new OffsetColumns(topic, first, last)));
        Arbitrary<RowLayout> layouts =
                Combinators.combine(tables, text.list().ofMaxSize(50)).as(RowLayout::new);
        Arbitrary<BlockBody> inMemory = Arbitraries.bytes()
                .array(byte[].class)
                .ofMaxSize(2_000)
                .map(bytes -> new BlockBody.InMemory(bytes, bytes.length));
        Arbitrary<BlockBody> spilled = Combinators.combine(
                        text, Arbitraries.integers().greaterOrEqual(0), text)
                .as(BlockBody.Spilled::new);
        Arbitrary<Origin> origins = Combinators.combine(text, Arbitraries.integers(), Arbitraries.longs())
                .as(Origin::new);
        return Combinators.combine(
                        Arbitraries.longs(),
                        layouts,
                        Arbitraries.integers(),
                        Arbitraries.integers().greaterOrEqual(1),
                        origins.list().ofMaxSize(5),
                        Arbitraries.oneOf(List.of(inMemory, spilled)))
                .as(Block::new);
    }

    private Block roundTrip(Block block) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        BlockStateSerializer.INSTANCE.serialize(block, out);
        Block asState = BlockStateSerializer.INSTANCE.deserialize(new DataInputDeserializer(out.getSharedBuffer()));
        Block back = serializer.deserialize(serializer.getVersion(), serializer.serialize(block));
        assertThat(asState)
                .as("as an operator's state")
                .usingRecursiveComparison()
                .isEqualTo(back);
        return back;
    }
}
