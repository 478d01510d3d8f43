package io.ag06.pipeline.operator.goldensignals;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Counts by latency bin, in an array that spans the bins seen so far. */
final class BinCounts {
    /** Stands for a latency of 0, which has no bin. */
    static final int ZERO = -1;

    private static final int SLACK = 32;

    private long zeros;
    private int first;
    private long[] counts = {};

    void add(int bin) {
        if (bin == ZERO) {
            zeros++;
            return;
        }
        if (bin < first || bin >= first + counts.length) {
            widenTo(bin);
        }
        counts[bin - first]++;
    }

    private void widenTo(int bin) {
        if (counts.length == 0) {
            first = Math.max(0, bin - SLACK);
            counts = new long[bin - first + SLACK];
        } else if (bin < first) {
            int newFirst = Math.max(0, bin - SLACK);
            long[] wider = new long[counts.length + first - newFirst];
            System.arraycopy(counts, 0, wider, first - newFirst, counts.length);
            counts = wider;
            first = newFirst;
        } else {
            counts = Arrays.copyOf(counts, bin - first + SLACK);
        }
    }

    long zeros() {
        return zeros;
    }

    /** Bins with a count above 0, in ascending order. */
    Map<Short, Long> counts() {
        Map<Short, Long> seen = new TreeMap<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                seen.put((short) (first + i), counts[i]);
            }
        }
        return seen;
    }
}
