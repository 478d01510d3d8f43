package io.ag06.pipeline.operator.goldensignals;

import io.ag06.analytics.goldensignals.LatencyBins;
import io.ag06.pipeline.row.BinCounts;

/** Running counts of latencies by bin, in an array that spans the bins seen so far. */
final class LatencyCounts {
    /** What a first latency makes room for on either side of its bin; most of a service's latencies lie in that. */
    private static final int ROOM = 48;

    private long zeros;
    private int first;
    private int[] counts = {};

    /** @param latencyUs microseconds, 0 or more */
    void add(long latencyUs) {
        if (latencyUs == 0) {
            zeros++;
            return;
        }
        int at = LatencyBins.bin(latencyUs) - first;
        if (at < 0 || at >= counts.length) {
            at = makeRoom(first + at);
        }
        counts[at]++;
    }

    /** Widens the array; answers the bin's index in it. */
    private int makeRoom(int bin) {
        int from = counts.length == 0 ? bin - ROOM : Math.min(first, bin - ROOM);
        int to = counts.length == 0 ? bin + ROOM : Math.max(first + counts.length, bin + ROOM);
        int[] wider = new int[to - from];
        System.arraycopy(counts, 0, wider, counts.length == 0 ? 0 : first - from, counts.length);
        counts = wider;
        first = from;
        return bin - from;
    }

    long zeros() {
        return zeros;
    }

    /** The counts of these latencies and those together, by bin. */
    BinCounts plus(LatencyCounts those) {
        if (counts.length == 0) {
            return those.byBin();
        }
        if (those.counts.length == 0) {
            return byBin();
        }
        LatencyCounts sum = new LatencyCounts();
        sum.first = Math.min(first, those.first);
        sum.counts = new int[Math.max(first + counts.length, those.first + those.counts.length) - sum.first];
        System.arraycopy(counts, 0, sum.counts, first - sum.first, counts.length);
        for (int i = 0; i < those.counts.length; i++) {
            sum.counts[those.first - sum.first + i] += those.counts[i];
        }
        return sum.byBin();
    }

    /** The counts by bin. */
    BinCounts byBin() {
        int size = 0;
        for (int count : counts) {
            size += count > 0 ? 1 : 0;
        }
        short[] bins = new short[size];
        long[] seen = new long[size];
        int next = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                bins[next] = (short) (first + i);
                seen[next++] = counts[i];
            }
        }
        return new BinCounts(bins, seen);
    }
}
