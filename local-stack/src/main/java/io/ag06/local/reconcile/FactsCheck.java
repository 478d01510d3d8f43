package io.ag06.local.reconcile;

import io.ag06.local.kafka.PartitionReader;
import io.ag06.sql.Table;
import io.ag06.sql.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * One partition of a topic against the rows of its records. The partition is gone through in windows, so that a run
 * needs memory for what is wrong and for one window, however long the partition is.
 */
final class FactsCheck {
    private final TopicPartition partition;
    private final long to;
    private final OptionalLong committed;
    private long from;
    private long records;
    private long deadLetters;
    private long undecodable;
    private long pending;
    private OffsetRanges missing = OffsetRanges.NONE;
    private OffsetRanges doubled = OffsetRanges.NONE;
    private OffsetRanges unexpected = OffsetRanges.NONE;
    private OffsetRanges rejected = OffsetRanges.NONE;
    private final List<String> rejectedBlocks = new ArrayList<>();

    /**
     * A check, not yet made.
     *
     * @param from the first offset to judge
     * @param to the offset after the last, no higher than the partition's last stable offset
     * @param committed below which everything must be stored; empty where nothing must
     */
    FactsCheck(TopicPartition partition, long from, long to, OptionalLong committed) {
        this.partition = partition;
        this.from = from;
        this.to = to;
        this.committed = committed;
    }

    TopicPartition partition() {
        return partition;
    }

    Table table() {
        return Tables.factsOf(partition.topic());
    }

    long from() {
        return from;
    }

    long to() {
        return to;
    }

    OptionalLong committed() {
        return committed;
    }

    OffsetRanges missing() {
        return missing;
    }

    /**
     * Makes the check.
     *
     * @param window offsets looked at together
     * @param read is told of each window's length when it is done
     */
    void compare(PartitionReader<Object> kafka, StoredOffsets stored, long window, LongConsumer read) {
        long mustBeStored = committed.orElse(from);
        OffsetRanges.Builder missed = new OffsetRanges.Builder();
        OffsetRanges.Builder repeated = new OffsetRanges.Builder();
        OffsetRanges.Builder strange = new OffsetRanges.Builder();
        for (long at = from; at < to; at += window) {
            long end = Math.min(to, at + window);
            OffsetRanges existing = existing(kafka, at, end);
            StoredOffsets.Found found = stored.find(partition, at, end);
            OffsetRanges without = existing.minus(found.offsets());
            records += existing.count();
            missed.add(without.below(mustBeStored));
            pending += without.from(mustBeStored).count();
            repeated.add(found.doubled());
            strange.add(found.offsets().minus(existing));
            read.accept(end - at);
        }
        missing = missed.build();
        doubled = repeated.build();
        unexpected = strange.build();
        deadLetters = stored.deadLetters(partition, from, to);
    }

    private OffsetRanges existing(PartitionReader<Object> kafka, long at, long end) {
        OffsetRanges.Builder offsets = new OffsetRanges.Builder();
        kafka.read(
                partition,
                at,
                end,
                records -> records.stream()
                        .mapToLong(ConsumerRecord::offset)
                        .filter(offset -> offset < end)
                        .forEach(offsets::add));
        return offsets.build();
    }

    /** Rows of records that Kafka does not have at all: beyond its end, or of a partition that it never had. */
    void addUnexpected(OffsetRanges offsets) {
        unexpected = unexpected.plus(offsets);
    }

    /** Some of the missing records are stored nowhere by design. */
    void excuse(OffsetRanges offsets) {
        undecodable = offsets.count();
        missing = missing.minus(offsets);
    }

    /** What is missing lies, in part, in a block that the server refused. */
    void explain(String block, OffsetRanges offsets) {
        if (!missing.and(offsets).isEmpty() && !rejectedBlocks.contains(block)) {
            rejected = rejected.plus(offsets);
            rejectedBlocks.add(block);
        }
    }

    /** How many records look missing and may still be on their way. */
    long awaited() {
        return missing.minus(rejected).count();
    }

    /** Asks again for what looks missing. */
    void lookAgain(StoredOffsets stored) {
        if (awaited() > 0) {
            StoredOffsets.Found found = stored.find(partition, missing.first(), missing.last() + 1);
            missing = missing.minus(found.offsets());
            doubled = doubled.plus(found.doubled());
        }
    }

    /** Records below this offset are out of reach by now: retention took them during the run. */
    void keepFrom(long start) {
        if (start > from) {
            missing = missing.from(start);
            unexpected = unexpected.from(start);
            from = Math.min(start, to);
        }
    }

    FactsReport report() {
        return new FactsReport(
                partition.topic(),
                partition.partition(),
                table().name(),
                from,
                to,
                committed.isPresent() ? committed.getAsLong() : null,
                records,
                records - missing.count() - undecodable - pending,
                deadLetters,
                undecodable,
                pending,
                Places.all(missing),
                Places.all(doubled),
                Places.all(unexpected),
                rejectedBlocks);
    }
}
