package io.ag06.pipeline.sink.clickhouse;

import static java.util.Objects.requireNonNull;

import io.ag06.pipeline.rowbinary.RowLayout;
import java.time.LocalDate;
import java.util.List;

/**
 * Rows of one table and one partition that the server stores as one part: all or nothing. What travels in the
 * checkpoint.
 *
 * @param name a random 64-bit number drawn when the block was opened; every row of it carries it, and it is the
 *     insert's deduplication token
 * @param layout the table and the columns that the rows hold, before the column with the block's name
 * @param partitionDay the partition: days since the epoch, UTC
 * @param rows number of rows
 * @param origins where the rows begin in each partition of Kafka that any came from; empty where the table does not say
 *     where its rows came from, and of blocks in checkpoints of earlier versions
 * @param body the rows
 */
public record Block(long name, RowLayout layout, int partitionDay, int rows, List<Origin> origins, BlockBody body) {
    public Block {
        requireNonNull(layout, "layout");
        origins = List.copyOf(origins);
        requireNonNull(body, "body");
        if (rows <= 0) {
            throw new IllegalArgumentException("a block has rows, not " + rows);
        }
    }

    /** The name as the server prints a UInt64. */
    public String token() {
        return Long.toUnsignedString(name);
    }

    /** The partition as a date. */
    public LocalDate partitionDate() {
        return LocalDate.ofEpochDay(partitionDay);
    }

    @Override
    public String toString() {
        return "block %s of %s, partition %s, %d rows"
                .formatted(token(), layout.table().name(), partitionDate(), rows);
    }
}
