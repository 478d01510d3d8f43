package io.ag06.local.deadletters;

import io.ag06.local.ClickHouseAddress;
import io.ag06.local.SqlClient;
import io.ag06.local.StackException;
import io.ag06.pipeline.rowbinary.RowLayout;
import io.ag06.pipeline.settings.EventArchiveSettings;
import io.ag06.pipeline.sink.clickhouse.Block;
import io.ag06.pipeline.sink.clickhouse.BlockBody;
import io.ag06.pipeline.sink.clickhouse.BlockReplay;
import io.ag06.pipeline.sink.clickhouse.ClickHouseClient;
import io.ag06.pipeline.sink.clickhouse.InsertFailure;
import io.ag06.pipeline.sink.clickhouse.OfficialClickHouseClient;
import io.ag06.sql.Tables;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;

/** Brings refused blocks to their tables, each once, by the sink's own protocol. */
public final class BlockReplays implements AutoCloseable {
    private final RejectedBlocks blocks;
    private final ClickHouseClient client;
    private final BlockReplay replay;

    public BlockReplays(ClickHouseAddress address) {
        this.blocks = new RejectedBlocks(new SqlClient(address));
        this.client = new OfficialClickHouseClient(
                EventArchiveSettings.read(address.asJobSettings()).clickHouse());
        this.replay = new BlockReplay(client);
    }

    /**
     * Sends a block, unless it is in its table.
     *
     * @throws StackException where the server still refuses it, or does not answer
     */
    public BlockReplay.Outcome replay(RefusedBlock block) throws InterruptedException {
        try {
            return replay.replay(read(block));
        } catch (InsertFailure.Refused e) {
            throw new StackException("Block %s is refused again: %s".formatted(block.block(), e.getMessage()), e);
        } catch (InsertFailure | IOException e) {
            throw new StackException(
                    "Block %s is not stored yet (%s); run the same again: nothing is stored twice"
                            .formatted(block.block(), e.getMessage()),
                    e);
        }
    }

    private Block read(RefusedBlock block) throws IOException {
        byte[] rows;
        try (InputStream payload = blocks.payload(block)) {
            rows = payload.readAllBytes();
        }
        List<String> columns = block.columns().subList(0, block.columns().size() - 1); // Less the sink's own.
        if (rows.length != block.bytes() || !block.columns().get(columns.size()).equals(Tables.BLOCK_COLUMN)) {
            throw new StackException("Block %s is not as the sink writes it: %d of %d bytes, columns %s"
                    .formatted(block.block(), rows.length, block.bytes(), block.columns()));
        }
        return new Block(
                Long.parseUnsignedLong(block.block()),
                new RowLayout(RejectedBlocks.tableOf(block), columns),
                Math.toIntExact(LocalDate.parse(block.partition()).toEpochDay()),
                Math.toIntExact(block.rows()),
                List.of(),
                new BlockBody.InMemory(rows, rows.length));
    }

    @Override
    public void close() {
        client.close();
    }
}
