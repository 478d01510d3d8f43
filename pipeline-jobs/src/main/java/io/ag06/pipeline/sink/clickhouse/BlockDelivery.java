package io.ag06.pipeline.sink.clickhouse;

import io.ag06.pipeline.sink.clickhouse.OnceOnlyInsert.Outcome;
import io.ag06.sql.Tables;
import java.io.IOException;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one block to its table, once. Waits for as long as ClickHouse is away; ends early only when the thread is
 * interrupted or when nothing but a person can help.
 *
 * <p>A block is delivered when its rows are seen in the table: {@link OnceOnlyInsert} says how. A block that the server
 * refuses is delivered when its refusal is seen in {@code rejected_blocks}.
 */
final class BlockDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(BlockDelivery.class);

    private final ClickHouseClient client;
    private final OnceOnlyInsert insert;
    private final Patience patience;
    private final InstantSource clock;
    private final SinkMetrics metrics;

    BlockDelivery(ClickHouseClient client, Patience patience, InstantSource clock, SinkMetrics metrics) {
        this.client = client;
        this.insert = new OnceOnlyInsert(client);
        this.patience = patience;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Returns when the block, or its refusal, is stored.
     *
     * @throws InsertFailure.Fatal where waiting is of no use
     * @throws IOException where a spilled block can't be read back
     */
    void deliver(Block block) throws InsertFailure, IOException, InterruptedException {
        try {
            Outcome outcome = patience.until(block.toString(), () -> insert.once(block, () -> isDone(block)));
            if (outcome == Outcome.NOT_SEEN) {
                return; // Its file stays: whoever restores this checkpoint will not see the block either, and need it.
            }
            metrics.stored(block, outcome == Outcome.STORED);
        } catch (InsertFailure.Refused refusal) {
            reject(block, refusal);
        }
        BlockFiles.delete(block);
    }

    /**
     * Delivers a block of the checkpoint that the job starts from.
     *
     * @param guard asked where the block is not stored
     * @param ofTheCheckpoint names of all blocks of the checkpoint
     */
    void deliverRestored(Block block, StartGuard guard, Set<Long> ofTheCheckpoint)
            throws InsertFailure, IOException, InterruptedException {
        if (!patience.until(block.toString(), () -> isDone(block))) {
            guard.checkRestored(block, ofTheCheckpoint);
        }
        deliver(block);
    }

    private void reject(Block block, InsertFailure.Refused refusal)
            throws InsertFailure, IOException, InterruptedException {
        Block rejected = RejectedBlock.of(block, BlockFiles.read(block), refusal.getMessage(), clock.instant());
        try {
            patience.until("refusal of " + block, () -> insert.once(rejected, () -> isRefused(block)));
        } catch (InsertFailure.Refused again) {
            throw new InsertFailure.Fatal(
                    "ClickHouse refuses %s, and refuses to keep it in %s too (%s); run the migrations of this version"
                            .formatted(block, Tables.REJECTED_BLOCKS.name(), again.getMessage()),
                    again);
        }
        metrics.rejected();
        LOG.error(
                "ClickHouse refused {}; it is kept whole in {}: {}",
                block,
                Tables.REJECTED_BLOCKS.name(),
                refusal.getMessage());
    }

    /**
     * Whether the block, or its refusal, is stored. The refusal counts because its storing may have been the last thing
     * done before a crash: the block would only be refused again, and if it was spilled its file is gone.
     */
    private boolean isDone(Block block) throws InsertFailure, InterruptedException {
        return client.isStored(block.layout().table(), block.name(), OptionalInt.of(block.partitionDay()))
                || isRefused(block);
    }

    /** In any partition: it was refused on the day on which it was first tried. */
    private boolean isRefused(Block block) throws InsertFailure, InterruptedException {
        return client.isStored(Tables.REJECTED_BLOCKS, block.name(), OptionalInt.empty());
    }
}
