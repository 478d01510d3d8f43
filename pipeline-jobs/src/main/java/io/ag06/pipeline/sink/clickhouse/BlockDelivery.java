package io.ag06.pipeline.sink.clickhouse;

import io.ag06.sql.Tables;
import java.io.IOException;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one block to its table, once. Waits for as long as ClickHouse is away; ends early only when the thread is
 * interrupted or when nothing but a person can help.
 *
 * <p>Every send, but the first of a block that this process has just cut, is preceded by a look-up of the block's name:
 * an engine killed in mid-insert may keep the part and lose its memory of the token, so the token alone does not
 * prevent a second copy. The token covers what the look-up can't: the time between it and the arrival of the insert,
 * and another sender of the same block.
 */
final class BlockDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(BlockDelivery.class);

    private final ClickHouseClient client;
    private final Patience patience;
    private final InstantSource clock;
    private final SinkMetrics metrics;

    BlockDelivery(ClickHouseClient client, Patience patience, InstantSource clock, SinkMetrics metrics) {
        this.client = client;
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
        AtomicBoolean neverSent = new AtomicBoolean(FreshBlocks.take(block.name()));
        try {
            patience.until(
                    block.toString(),
                    () -> neverSent.getAndSet(false) ? insert(block) : isDone(block) || insert(block));
        } catch (InsertFailure.Refused refusal) {
            reject(block, refusal);
        }
        BlockFiles.delete(block);
    }

    private void reject(Block block, InsertFailure.Refused refusal)
            throws InsertFailure, IOException, InterruptedException {
        Block rejected = RejectedBlock.of(block, BlockFiles.read(block), refusal.getMessage(), clock.instant());
        try {
            patience.until("refusal of " + block, () -> isStored(rejected, OptionalInt.empty()) || insert(rejected));
        } catch (InsertFailure.Refused again) {
            throw new InsertFailure.Fatal(
                    "ClickHouse refuses %s, and refuses to keep it in %s too (%s); run the migrations of this version"
                            .formatted(block, Tables.REJECTED_BLOCKS.name(), again.getMessage()),
                    again);
        }
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
        return isStored(block, OptionalInt.of(block.partitionDay()))
                || client.isStored(Tables.REJECTED_BLOCKS, block.name(), OptionalInt.empty());
    }

    private boolean isStored(Block block, OptionalInt lookIn) throws InsertFailure, InterruptedException {
        boolean stored = client.isStored(block.layout().table(), block.name(), lookIn);
        if (stored) {
            LOG.info("{} is stored already", block);
            metrics.found(block);
        }
        return stored;
    }

    /** Sends the block, and answers true: it is stored. */
    private boolean insert(Block block) throws InsertFailure, IOException, InterruptedException {
        try (var body = BlockFiles.read(block).open()) {
            client.insert(block, body);
        }
        metrics.sent(block);
        return true;
    }
}
