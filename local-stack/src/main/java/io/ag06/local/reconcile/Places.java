package io.ag06.local.reconcile;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How many records of a partition something is wrong with, and where.
 *
 * @param records how many
 * @param ranges the offsets they lie at, the lowest first; at most {@value #MOST}
 * @param rangesLeftOut how many further ranges there are
 */
public record Places(long records, List<OffsetRange> ranges, long rangesLeftOut) {
    /** Ranges that are named one by one. */
    static final int MOST = 1_000;

    private static final int SHOWN = 3;

    /** Nothing, nowhere. */
    static final Places NONE = new Places(0, List.of(), 0);

    public Places {
        ranges = List.copyOf(ranges);
    }

    /** Every offset of these is such a record. */
    static Places all(OffsetRanges offsets) {
        return some(offsets, offsets.count());
    }

    /** Somewhere in these offsets lie so many such records. */
    static Places some(OffsetRanges offsets, long records) {
        return new Places(records, offsets.ranges(MOST), Math.max(0, offsets.size() - MOST));
    }

    boolean isNone() {
        return records == 0;
    }

    /** The first ranges, in a few words. */
    @Override
    public String toString() {
        String shown = ranges.stream().limit(SHOWN).map(OffsetRange::toString).collect(Collectors.joining(", "));
        long more = ranges.size() - SHOWN + rangesLeftOut;
        return more > 0 ? String.format(Locale.ROOT, "%s and %,d more", shown, more) : shown;
    }
}
