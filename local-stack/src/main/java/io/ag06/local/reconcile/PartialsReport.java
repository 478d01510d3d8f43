package io.ag06.local.reconcile;

import java.util.List;

/**
 * One partition of a topic, whose rows in its raw table were held against a table of partial aggregates.
 *
 * @param table the table of partial aggregates
 * @param topic the topic
 * @param partition its partition
 * @param from the first offset that was judged
 * @param to the offset after the last
 * @param committed where both the job and {@code event-archive} have been, below which everything must be counted; null
 *     where one of them has never completed a checkpoint
 * @param stretches the stretches of offsets that the table has rows of
 * @param events what the table counts in them; null where it does not count the topic's records
 * @param records the records that the raw table has
 * @param pending those of them that the job has not come to yet
 * @param missing records that should have been taken into a row and were not
 * @param doubled records that were taken in several times
 * @param rejectedBlocks blocks in {@code rejected_blocks} that hold rows of the missing records
 */
public record PartialsReport(
        String table,
        String topic,
        int partition,
        long from,
        long to,
        Long committed,
        long stretches,
        Long events,
        long records,
        long pending,
        Places missing,
        Places doubled,
        List<String> rejectedBlocks) {
    public PartialsReport {
        rejectedBlocks = List.copyOf(rejectedBlocks);
    }
}
