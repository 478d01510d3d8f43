package io.ag06.analytics.goldensignals;

import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many latencies fell into each bin of a DDSketch (Masson, Rim, Lee: "DDSketch", VLDB 2019), microseconds.
 *
 * <p>With relative accuracy a = 0.01 and g = (1 + a)/(1 - a), a latency x &gt; 0 falls into bin i where g^i &le; x &lt;
 * g^(i+1); the bin's value g^i (1 + a) is within 1 % of all of them. Latencies of 0 are counted apart. Bins number as
 * those of {@code LogarithmicMapping(0.01)} of sketches-java; a {@code long} reaches bin 2183 at most.
 *
 * <p>{@link #plus} is associative and commutative, so latencies may be counted in any order and in any parts.
 */
public final class LatencyBins {
    /** No latencies. */
    public static final LatencyBins EMPTY = new LatencyBins(0, new int[0], new long[0]);

    private static final double RELATIVE_ACCURACY = 0.01;
    private static final LogarithmicMapping MAPPING = new LogarithmicMapping(RELATIVE_ACCURACY);

    /**
     * g^(2^k) for k = 0..11, each the double nearest to the true value. Products of these are the same double on every
     * machine and in ClickHouse (function {@code ag06_bin_value}), which exp and pow are not bound to be.
     */
    private static final double[] POWERS = {
        1.02020202020202,
        1.0408121620242832,
        1.0832899566176628,
        1.1735171301086977,
        1.3771424546585544,
        1.8965213404229884,
        3.5967931946798086,
        12.936921285294984,
        167.36393234191843,
        28010.68584895025,
        784598521.7285817,
        6.1559484029867571E17,
    };

    private final long zeros;
    /** Ascending, without repeats; counts of the same index belong to them and are above 0. */
    private final int[] bins;

    private final long[] counts;

    private LatencyBins(long zeros, int[] bins, long[] counts) {
        this.zeros = zeros;
        this.bins = bins;
        this.counts = counts;
    }

    /**
     * One latency.
     *
     * @param latencyUs microseconds, 0 or more
     */
    public static LatencyBins of(long latencyUs) {
        return latencyUs == 0
                ? new LatencyBins(1, new int[0], new long[0])
                : new LatencyBins(0, new int[] {bin(latencyUs)}, new long[] {1});
    }

    /**
     * Latencies that were counted elsewhere.
     *
     * @param zeros how many were 0
     * @param counts how many fell into each bin; bins that count 0 are left out
     * @throws IllegalArgumentException for a negative count
     */
    public static LatencyBins of(long zeros, Map<Integer, Long> counts) {
        var sorted = new TreeMap<>(counts);
        sorted.values().removeIf(count -> count == 0);
        if (zeros < 0 || sorted.values().stream().anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException("Counts must not be negative: zeros " + zeros + ", bins " + sorted);
        }
        return new LatencyBins(
                zeros,
                sorted.keySet().stream().mapToInt(Integer::intValue).toArray(),
                sorted.values().stream().mapToLong(Long::longValue).toArray());
    }

    /**
     * The bin that a latency falls into.
     *
     * @param latencyUs microseconds, 1 or more: a latency of 0 has no bin
     * @throws IllegalArgumentException for a latency below 1
     */
    public static int bin(long latencyUs) {
        if (latencyUs < 1) {
            throw new IllegalArgumentException("Only latencies of 1 us and more have a bin, not " + latencyUs);
        }
        return MAPPING.index((double) latencyUs);
    }

    /**
     * The latency that stands for a bin, microseconds.
     *
     * @param bin 0 or more, below 4096
     */
    public static double value(int bin) {
        if (bin < 0 || bin >= 1 << POWERS.length) {
            throw new IllegalArgumentException("No latency has bin " + bin);
        }
        double value = 1 + RELATIVE_ACCURACY;
        for (int bit = 0; bit < POWERS.length; bit++) {
            if ((bin >> bit & 1) == 1) {
                value *= POWERS[bit];
            }
        }
        return value;
    }

    /** These latencies and those together. */
    public LatencyBins plus(LatencyBins those) {
        int[] mergedBins = new int[bins.length + those.bins.length];
        long[] mergedCounts = new long[mergedBins.length];
        int size = 0;
        int here = 0;
        int there = 0;
        while (here < bins.length || there < those.bins.length) {
            boolean takeHere = there == those.bins.length || (here < bins.length && bins[here] <= those.bins[there]);
            boolean takeThere = here == bins.length || (there < those.bins.length && those.bins[there] <= bins[here]);
            mergedBins[size] = takeHere ? bins[here] : those.bins[there];
            mergedCounts[size] = Math.addExact(takeHere ? counts[here++] : 0, takeThere ? those.counts[there++] : 0);
            size++;
        }
        return new LatencyBins(
                Math.addExact(zeros, those.zeros), Arrays.copyOf(mergedBins, size), Arrays.copyOf(mergedCounts, size));
    }

    /** How many latencies there are. */
    public long count() {
        return zeros + Arrays.stream(counts).sum();
    }

    /** How many of them are 0. */
    public long zeros() {
        return zeros;
    }

    /** How many of the others fell into each bin, in ascending order of bins. */
    public SortedMap<Integer, Long> counts() {
        var map = new TreeMap<Integer, Long>();
        for (int i = 0; i < bins.length; i++) {
            map.put(bins[i], counts[i]);
        }
        return Collections.unmodifiableSortedMap(map);
    }

    /**
     * A quantile, microseconds, within 1 % of the latency of rank floor(q (n - 1)), counted from 0, among the n in
     * ascending order; empty if there are none.
     *
     * @param permille 1000 q: 500 for the median, 999 for p99.9; 0..1000
     */
    public OptionalDouble quantile(int permille) {
        if (permille < 0 || permille > 1000) {
            throw new IllegalArgumentException("A quantile is 0..1000 per mille, not " + permille);
        }
        long count = count();
        if (count == 0) {
            return OptionalDouble.empty();
        }
        // In integers: 0.999 * (n - 1) in floating point may fall just below a whole rank.
        long rank = permille * (count - 1) / 1000;
        if (rank < zeros) {
            return OptionalDouble.of(0);
        }
        long upTo = zeros;
        int i = 0;
        while (upTo + counts[i] <= rank) {
            upTo += counts[i];
            i++;
        }
        return OptionalDouble.of(value(bins[i]));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LatencyBins that
                && zeros == that.zeros
                && Arrays.equals(bins, that.bins)
                && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Long.hashCode(zeros) + Arrays.hashCode(bins)) + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return "LatencyBins[zeros=" + zeros + ", counts=" + counts() + "]";
    }
}
