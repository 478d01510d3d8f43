package io.ag06.pipeline.sink.clickhouse;

import java.io.Serializable;

/**
 * How large a block may become. The server must store a block as one part, so the limits stay below those at which it
 * would split an insert; they are sent with each insert as settings.
 *
 * @param rows most rows of a block
 * @param bytes most bytes of a block
 * @param memoryBytes bytes of blocks that a task keeps in memory between two checkpoints, those still open among them;
 *     further ones go to files, but for one open block of each table and partition
 */
public record BlockLimits(int rows, int bytes, long memoryBytes) implements Serializable {
    /** 500,000 rows, 32 MiB; 128 MiB in memory. */
    public static final BlockLimits DEFAULT = new BlockLimits(500_000, 32 << 20, 128L << 20);

    public BlockLimits {
        if (rows < 1 || rows > 500_000) {
            throw new IllegalArgumentException("rows of a block must be 1 to 500000, not " + rows);
        }
        if (bytes < 1 || bytes > 32 << 20) {
            throw new IllegalArgumentException("bytes of a block must be 1 to 32 MiB, not " + bytes);
        }
        if (memoryBytes < 0) {
            throw new IllegalArgumentException("memory for blocks can't be negative: " + memoryBytes);
        }
    }
}
