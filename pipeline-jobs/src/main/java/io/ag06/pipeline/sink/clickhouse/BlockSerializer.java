package io.ag06.pipeline.sink.clickhouse;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** A block as the committable that it is between writer and delivery, and was in checkpoints of earlier versions. */
final class BlockSerializer implements SimpleVersionedSerializer<Block> {
    @Override
    public int getVersion() {
        return BlockFormat.VERSION;
    }

    @Override
    public byte[] serialize(Block block) throws IOException {
        int inside = block.body() instanceof BlockBody.InMemory memory ? memory.length() : 0;
        DataOutputSerializer out = new DataOutputSerializer(512 + inside);
        BlockFormat.write(block, out);
        return out.getCopyOfBuffer();
    }

    @Override
    public Block deserialize(int version, byte[] serialized) throws IOException {
        return BlockFormat.read(version, new DataInputDeserializer(serialized));
    }
}
