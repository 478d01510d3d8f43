package io.ag06.local.reconcile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A set of offsets of one partition, held as its ranges in order: 16 bytes for each range, however many offsets it has.
 * Immutable; made by a {@link Builder}.
 */
public final class OffsetRanges {
    /** No offset at all. */
    public static final OffsetRanges NONE = new OffsetRanges(new long[0]);

    /** First and last of each range in turn; no range touches the next. */
    private final long[] bounds;

    private OffsetRanges(long[] bounds) {
        this.bounds = bounds;
    }

    /** The offsets from {@code first} to {@code last}, both among them. */
    public static OffsetRanges of(long first, long last) {
        return new Builder().add(first, last).build();
    }

    public boolean isEmpty() {
        return bounds.length == 0;
    }

    /** The lowest offset; there must be one. */
    public long first() {
        return bounds[0];
    }

    /** The highest offset; there must be one. */
    public long last() {
        return bounds[bounds.length - 1];
    }

    /** How many offsets there are. */
    public long count() {
        long count = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            count += bounds[i + 1] - bounds[i] + 1;
        }
        return count;
    }

    /** How many offsets there are from {@code from} to {@code to}, both among them. */
    public long countBetween(long from, long to) {
        long count = 0;
        for (int i = rangeReaching(from); from <= to && i < bounds.length && bounds[i] <= to; i += 2) {
            count += Math.min(to, bounds[i + 1]) - Math.max(from, bounds[i]) + 1;
        }
        return count;
    }

    /** Where the first range stands that does not end before the offset. */
    private int rangeReaching(long offset) {
        int low = 0;
        int high = bounds.length / 2;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (bounds[2 * middle + 1] < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return 2 * low;
    }

    /** How many ranges there are. */
    public int size() {
        return bounds.length / 2;
    }

    /** The ranges in order, at most so many. */
    public List<OffsetRange> ranges(int most) {
        List<OffsetRange> ranges = new ArrayList<>();
        for (int i = 0; i < bounds.length && ranges.size() < most; i += 2) {
            ranges.add(new OffsetRange(bounds[i], bounds[i + 1]));
        }
        return ranges;
    }

    /** These without those. */
    public OffsetRanges minus(OffsetRanges those) {
        Builder left = new Builder();
        int other = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            long from = bounds[i];
            long last = bounds[i + 1];
            while (other < those.bounds.length && those.bounds[other + 1] < from) {
                other += 2;
            }
            // What reaches beyond this range may reach into the next: it is looked at again there.
            for (int at = other; at < those.bounds.length && those.bounds[at] <= last; at += 2) {
                if (those.bounds[at] > from) {
                    left.add(from, those.bounds[at] - 1);
                }
                from = those.bounds[at + 1] + 1;
            }
            if (from <= last) {
                left.add(from, last);
            }
        }
        return left.build();
    }

    /** These and those together. */
    public OffsetRanges plus(OffsetRanges those) {
        Builder all = new Builder();
        int mine = 0;
        int other = 0;
        while (mine < bounds.length || other < those.bounds.length) {
            boolean takeMine =
                    other >= those.bounds.length || (mine < bounds.length && bounds[mine] <= those.bounds[other]);
            if (takeMine) {
                all.add(bounds[mine], bounds[mine + 1]);
                mine += 2;
            } else {
                all.add(those.bounds[other], those.bounds[other + 1]);
                other += 2;
            }
        }
        return all.build();
    }

    /** Those that are in both. */
    public OffsetRanges and(OffsetRanges those) {
        return minus(minus(those));
    }

    /** Those at or after {@code from}. */
    public OffsetRanges from(long from) {
        return isEmpty() || from <= first() ? this : from > last() ? NONE : minus(of(first(), from - 1));
    }

    /** Those below {@code end}. */
    public OffsetRanges below(long end) {
        return isEmpty() || end > last() ? this : end <= first() ? NONE : minus(of(end, last()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OffsetRanges those && Arrays.equals(bounds, those.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        return ranges(Integer.MAX_VALUE).stream().map(OffsetRange::toString).collect(Collectors.joining(", "));
    }

    /** Takes offsets in order: each range begins at or after the beginning of the one before. */
    public static final class Builder {
        private long[] bounds = new long[16];
        private int length;

        /** Adds one offset. */
        public Builder add(long offset) {
            return add(offset, offset);
        }

        /** Adds the offsets from {@code first} to {@code last}. */
        public Builder add(long first, long last) {
            if (length > 0 && first < bounds[length - 2]) {
                throw new IllegalArgumentException(
                        "the offset %d comes after a range from %d".formatted(first, bounds[length - 2]));
            }
            if (length > 0 && first <= bounds[length - 1] + 1) {
                bounds[length - 1] = Math.max(bounds[length - 1], last);
                return this;
            }
            if (length == bounds.length) {
                bounds = Arrays.copyOf(bounds, Math.multiplyExact(length, 2));
            }
            bounds[length++] = first;
            bounds[length++] = last;
            return this;
        }

        /** Adds what comes after what is there. */
        public Builder add(OffsetRanges ranges) {
            for (int i = 0; i < ranges.bounds.length; i += 2) {
                add(ranges.bounds[i], ranges.bounds[i + 1]);
            }
            return this;
        }

        public OffsetRanges build() {
            return new OffsetRanges(Arrays.copyOf(bounds, length));
        }
    }
}
