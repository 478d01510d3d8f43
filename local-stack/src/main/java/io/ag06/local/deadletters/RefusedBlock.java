package io.ag06.local.deadletters;

import java.time.Instant;
import java.util.List;

/**
 * A block that the server refused, as {@code rejected_blocks} keeps it, without its rows.
 *
 * @param block its name: a number of 64 bits without a sign
 * @param table the table that it was meant for
 * @param partition the partition of that table, a day
 * @param rows how many rows it has
 * @param bytes how large they are in RowBinary
 * @param columns what the rows hold, in order; the last is the sink's own
 * @param refusedAt when it was refused
 * @param error what the server answered
 * @param stored whether it is in its table by now
 */
public record RefusedBlock(
        String block,
        String table,
        String partition,
        long rows,
        long bytes,
        List<String> columns,
        Instant refusedAt,
        String error,
        boolean stored) {
    public RefusedBlock {
        columns = List.copyOf(columns);
    }
}
