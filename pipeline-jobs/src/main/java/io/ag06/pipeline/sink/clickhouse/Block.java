package io.ag06.pipeline.sink.clickhouse;

import static java.util.Objects.requireNonNull;

import io.ag06.pipeline.rowbinary.RowLayout;
import java.time.LocalDate;

/**
 * Rows of one table and one partition that the server stores as one part: all or nothing. What travels in the
 * checkpoint as a committable.
 *
 * @param name a random 64-bit number drawn when the block was cut; every row of it carries it, and it is the insert's
 *     deduplication token
 * @param layout the table and the columns that the rows hold, before the column with the block's name
 * @param partitionDay the partition: days since the epoch, UTC
 * @param rows number of rows
 * @param body the rows
 */
public record Block(long name, RowLayout layout, int partitionDay, int rows, BlockBody body) {
    public Block {
        requireNonNull(layout, "layout");
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
