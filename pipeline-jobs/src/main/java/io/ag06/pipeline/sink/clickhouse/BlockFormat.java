package io.ag06.pipeline.sink.clickhouse;

import io.ag06.pipeline.rowbinary.RowLayout;
import io.ag06.sql.Table;
import io.ag06.sql.Table.OffsetColumns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A block as bytes in a checkpoint. It says by itself which columns it holds, so that a newer version of a job, which
 * may know more columns, can still send the blocks of an older one.
 */
final class BlockFormat {
    /** The format that is written; whoever writes it keeps the number beside it. */
    static final int VERSION = 2;

    /** The oldest that is read: it did not say where the rows came from. */
    private static final int OLDEST = 1;

    private static final int IN_MEMORY = 0;
    private static final int SPILLED = 1;

    private BlockFormat() {}

    static void write(Block block, DataOutputView out) throws IOException {
        out.writeLong(block.name());
        Table table = block.layout().table();
        out.writeUTF(table.name());
        out.writeUTF(table.partitionColumn());
        out.writeUTF(table.offsets().topic());
        out.writeUTF(table.offsets().first());
        out.writeUTF(table.offsets().last());
        out.writeInt(block.layout().columns().size());
        for (String column : block.layout().columns()) {
            out.writeUTF(column);
        }
        out.writeInt(block.partitionDay());
        out.writeInt(block.rows());
        out.writeInt(block.origins().size());
        for (Origin origin : block.origins()) {
            out.writeUTF(origin.topic());
            out.writeInt(origin.partition());
            out.writeLong(origin.offset());
        }
        if (block.body() instanceof BlockBody.InMemory body) {
            out.writeByte(IN_MEMORY);
            out.writeInt(body.length());
            out.write(body.bytes(), 0, body.length());
        } else if (block.body() instanceof BlockBody.Spilled spilled) {
            out.writeByte(SPILLED);
            out.writeInt(spilled.length());
            out.writeUTF(spilled.path());
            out.writeUTF(spilled.sha256());
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param version the number kept beside it
     * @throws IOException where that is another format, or the bytes are none
     */
    static Block read(int version, DataInputView in) throws IOException {
        if (version < OLDEST || version > VERSION) {
            throw new IOException(
                    "This version reads blocks up to format %d; the checkpoint holds format %d. Restore it with"
                                    .formatted(VERSION, version)
                            + " the version that wrote it, or a later one.");
        }
        long name = in.readLong();
        Table table =
                new Table(in.readUTF(), in.readUTF(), new OffsetColumns(in.readUTF(), in.readUTF(), in.readUTF()));
        int columnCount = in.readInt();
        List<String> columns = new ArrayList<>(columnCount);
        for (int i = 0; i < columnCount; i++) {
            columns.add(in.readUTF());
        }
        int partitionDay = in.readInt();
        int rows = in.readInt();
        List<Origin> origins = version == OLDEST ? List.of() : origins(in);
        return new Block(name, new RowLayout(table, columns), partitionDay, rows, origins, body(in));
    }

    private static List<Origin> origins(DataInputView in) throws IOException {
        int count = in.readInt();
        List<Origin> origins = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            origins.add(new Origin(in.readUTF(), in.readInt(), in.readLong()));
        }
        return origins;
    }

    private static BlockBody body(DataInputView in) throws IOException {
        int kind = in.readByte();
        int length = in.readInt();
        switch (kind) {
            case IN_MEMORY -> {
                byte[] bytes = new byte[length];
                in.readFully(bytes);
                return new BlockBody.InMemory(bytes, length);
            }
            case SPILLED -> {
                return new BlockBody.Spilled(in.readUTF(), length, in.readUTF());
            }
            default -> throw new IOException("The checkpoint holds a block of an unknown kind: " + kind);
        }
    }
}
