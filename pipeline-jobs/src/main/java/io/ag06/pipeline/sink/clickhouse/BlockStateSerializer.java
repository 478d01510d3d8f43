package io.ag06.pipeline.sink.clickhouse;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A block as an operator's state: its rows go from their array into the checkpoint's file, and are copied nowhere on
 * the way. A block never changes, so what Flink keeps while it writes is the block itself.
 */
final class BlockStateSerializer extends TypeSerializerSingleton<Block> {
    static final BlockStateSerializer INSTANCE = new BlockStateSerializer();

    private static final long serialVersionUID = 1;

    private BlockStateSerializer() {}

    @Override
    public void serialize(Block block, DataOutputView out) throws IOException {
        out.writeInt(BlockFormat.VERSION);
        BlockFormat.write(block, out);
    }

    @Override
    public Block deserialize(DataInputView in) throws IOException {
        return BlockFormat.read(in.readInt(), in);
    }

    @Override
    public Block deserialize(Block reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public Block copy(Block block) {
        return block;
    }

    @Override
    public Block copy(Block block, Block reuse) {
        return block;
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
        serialize(deserialize(in), out);
    }

    @Override
    public Block createInstance() {
        throw new UnsupportedOperationException("There is no block without rows");
    }

    @Override
    public int getLength() {
        return -1; // They differ.
    }

    @Override
    public TypeSerializerSnapshot<Block> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Savepoints find the serialiser by this class's name: it must never change. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Block> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
