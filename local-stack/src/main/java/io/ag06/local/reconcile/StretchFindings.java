package io.ag06.local.reconcile;

import java.util.List;

/** What is wrong with the stretches of one partition, and with the records that they should cover; window by window. */
final class StretchFindings {
    private final long from;
    private final long end;
    private final long limit;
    private final OffsetRanges withoutRow;
    private final long stretches;
    private final OffsetRanges covered;
    private final OffsetRanges.Builder notCovered = new OffsetRanges.Builder();
    private final OffsetRanges.Builder tooFew = new OffsetRanges.Builder();
    private final OffsetRanges.Builder tooMany = new OffsetRanges.Builder();
    private long reached = -1;
    private long events;
    private long records;
    private long pending;
    private long notCounted;
    private long overlap;
    private long surplus;

    /**
     * No findings yet.
     *
     * @param stretches all of them, in order
     * @param from the first offset to judge
     * @param end the offset after the last
     * @param limit below which every record must be covered and counted
     * @param withoutRow records that have no row to this day and may be events all the same; null where the stretches
     *     do not count records
     */
    StretchFindings(List<Stretch> stretches, long from, long end, long limit, OffsetRanges withoutRow) {
        OffsetRanges.Builder ranges = new OffsetRanges.Builder();
        stretches.forEach(stretch -> ranges.add(stretch.first(), stretch.last()));
        this.covered = ranges.build();
        this.stretches = stretches.size();
        this.from = from;
        this.end = end;
        this.limit = limit;
        this.withoutRow = withoutRow;
    }

    /**
     * Adds a window.
     *
     * @param takenIn records of the window that the raw table has
     * @param ofWindow the stretches of the window, each whole
     */
    void add(OffsetRanges takenIn, List<Stretch> ofWindow) {
        OffsetRanges judged = takenIn.from(from).below(end);
        OffsetRanges outside = judged.minus(covered);
        records += judged.count();
        notCovered.add(outside.below(limit));
        pending += outside.from(limit).count();
        ofWindow.forEach(stretch -> add(takenIn, stretch));
    }

    private void add(OffsetRanges takenIn, Stretch stretch) {
        events += stretch.events();
        if (stretch.first() <= reached) {
            long last = Math.min(reached, stretch.last());
            overlap += Math.max(1, takenIn.countBetween(stretch.first(), last));
            tooMany.add(stretch.first(), last);
        }
        reached = Math.max(reached, stretch.last());
        long twice = stretch.rows() - stretch.keys();
        if (withoutRow != null && stretch.last() < limit) {
            long expected = takenIn.countBetween(stretch.first(), stretch.last());
            if (stretch.events() < expected) {
                notCounted += expected - stretch.events();
                tooFew.add(stretch.first(), stretch.last());
            }
            long most = expected + withoutRow.countBetween(stretch.first(), stretch.last());
            twice = Math.max(twice, stretch.events() - most);
        }
        if (twice > 0) {
            surplus += twice;
            tooMany.add(stretch.first(), stretch.last());
        }
    }

    long stretches() {
        return stretches;
    }

    /** What the stretches count together. */
    long events() {
        return events;
    }

    /** The records that the raw table has. */
    long records() {
        return records;
    }

    /** Those of them that no stretch has come to, and that none had to. */
    long pending() {
        return pending;
    }

    /** Records that should lie in a stretch and lie in none. */
    OffsetRanges notCovered() {
        return notCovered.build();
    }

    /** How many records lie in a stretch that counts fewer than it has. */
    long notCounted() {
        return notCounted;
    }

    /** How many records lie in several stretches. */
    long overlap() {
        return overlap;
    }

    /** How many records stretches count too much. */
    long surplus() {
        return surplus;
    }

    /** Where records are not covered or not counted. */
    OffsetRanges missing() {
        return notCovered.build().plus(tooFew.build());
    }

    /** Where records are covered or counted several times. */
    OffsetRanges doubled() {
        return tooMany.build();
    }
}
