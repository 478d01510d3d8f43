package io.ag06.local.reconcile;

/**
 * Offsets of one partition that follow each other without a gap.
 *
 * @param first the lowest of them
 * @param last the highest of them
 */
public record OffsetRange(long first, long last) {
    public OffsetRange {
        if (first > last) {
            throw new IllegalArgumentException("a range can't go from %d to %d".formatted(first, last));
        }
    }

    /** How many offsets there are. */
    public long count() {
        return last - first + 1;
    }

    @Override
    public String toString() {
        return first == last ? Long.toString(first) : first + ".." + last;
    }
}
