package io.ag06.pipeline.sink.clickhouse;

import io.ag06.pipeline.rowbinary.RowBinaryWriter;
import io.ag06.pipeline.rowbinary.RowLayout;
import io.ag06.sql.Tables;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** A block that the server refuses, as a block of one row for {@code rejected_blocks}. It keeps its name there. */
final class RejectedBlock {
    static final RowLayout LAYOUT = new RowLayout(
            Tables.REJECTED_BLOCKS,
            List.of("table_name", "block", "partition_key", "rows", "columns", "error", "refused_at", "payload"));

    private RejectedBlock() {}

    static Block of(Block refused, BlockBody.InMemory body, String error, Instant refusedAt) {
        RowBinaryWriter row = new RowBinaryWriter(body.length() + 4096);
        row.string(refused.layout().table().name());
        row.int64(refused.name());
        row.string(refused.partitionDate().toString());
        row.int64(refused.rows());
        row.string(String.join(",", refused.layout().columns()) + "," + Tables.BLOCK_COLUMN);
        row.string(error);
        row.int64(refusedAt.getEpochSecond() * 1_000_000 + refusedAt.getNano() / 1000);
        row.string(Arrays.copyOf(body.bytes(), body.length()));
        row.int64(refused.name());
        byte[] bytes = row.toByteArray();
        int day = (int) Math.floorDiv(refusedAt.getEpochSecond(), 86_400L);
        return new Block(refused.name(), LAYOUT, day, 1, List.of(), new BlockBody.InMemory(bytes, bytes.length));
    }
}
