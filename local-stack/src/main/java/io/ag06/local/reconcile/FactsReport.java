package io.ag06.local.reconcile;

import java.util.List;

/**
 * One partition of a topic, held against its raw table and the dead letters.
 *
 * @param topic the topic
 * @param partition its partition
 * @param table the raw table
 * @param from the first offset that was judged: what is older, Kafka or the table no longer keeps
 * @param to the offset after the last that was judged: where committed records ended when the run began
 * @param committed where {@code event-archive} goes on, below which everything must be stored; null where it has never
 *     completed a checkpoint
 * @param records the committed records in Kafka
 * @param stored those of them that have a row
 * @param deadLetters the rows among these that are dead letters
 * @param undecodable records of the topic of dead letters that are none: they are counted by the job and stored nowhere
 * @param pending records that the job has not come to yet
 * @param missing records that should have a row and have none
 * @param doubled records that have several
 * @param unexpected rows for which Kafka has no committed record
 * @param rejectedBlocks blocks in {@code rejected_blocks} that hold rows of the missing records
 */
public record FactsReport(
        String topic,
        int partition,
        String table,
        long from,
        long to,
        Long committed,
        long records,
        long stored,
        long deadLetters,
        long undecodable,
        long pending,
        Places missing,
        Places doubled,
        Places unexpected,
        List<String> rejectedBlocks) {
    public FactsReport {
        rejectedBlocks = List.copyOf(rejectedBlocks);
    }
}
