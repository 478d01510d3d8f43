package io.ag06.pipeline.sink.clickhouse;

import java.io.IOException;
import java.util.OptionalInt;

/**
 * Brings a block to its table that the server once refused, when a person has mended what it refused it for. By the
 * protocol of every other block, but without its patience: whoever asks for this waits for an answer. The row of
 * {@code rejected_blocks} stays.
 */
public final class BlockReplay {
    private final ClickHouseClient client;
    private final OnceOnlyInsert insert;

    /** @param client is closed by the caller */
    public BlockReplay(ClickHouseClient client) {
        this.client = client;
        this.insert = new OnceOnlyInsert(client);
    }

    /**
     * Sends the block, unless it is in its table.
     *
     * @throws InsertFailure.Refused where the server still refuses it
     * @throws InsertFailure where it can't be asked; the same may be tried again at any time
     */
    public Outcome replay(Block block) throws InsertFailure, IOException, InterruptedException {
        if (isStored(block)) {
            return Outcome.WAS_STORED;
        }
        insert.once(block, () -> isStored(block));
        return isStored(block) ? Outcome.STORED : Outcome.PAST_ITS_TTL;
    }

    private boolean isStored(Block block) throws InsertFailure, InterruptedException {
        return client.isStored(block.layout().table(), block.name(), OptionalInt.of(block.partitionDay()));
    }

    /** What a replay came to. */
    public enum Outcome {
        /** It was in its table already. */
        WAS_STORED,
        /** It is in its table now. */
        STORED,
        /** The server took it and shows none of it: its rows are older than the table keeps rows. */
        PAST_ITS_TTL
    }
}
