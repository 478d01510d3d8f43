package io.ag06.analytics.scaling.forecast;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which horizons are judged together, and which of them are held against what comes. Those judged together are a band:
 * single steps at first, then wider and wider, each about half as wide as what lies before it. Of each band up to eight
 * horizons, spread evenly, are scored.
 */
final class Horizons {
    private static final int MOST_SCORED_IN_A_BAND = 8;

    private final int furthest;
    private final int[] bandOf;
    private final int[] firsts;
    private final int[] scored;
    private final int[] scoredIn;

    Horizons(int furthest) {
        this.furthest = furthest;
        this.bandOf = new int[furthest + 1];
        IntStream.Builder starts = IntStream.builder();
        IntStream.Builder chosen = IntStream.builder();
        IntStream.Builder counts = IntStream.builder();
        int band = 0;
        int first = 1;
        while (first <= furthest) {
            int width = Math.min(furthest - first + 1, Math.max(1, first / 2));
            Arrays.fill(bandOf, first, first + width, band);
            int count = Math.min(width, MOST_SCORED_IN_A_BAND);
            for (int i = 0; i < count; i++) {
                chosen.add(first + (int) ((i + 0.5) * width / count));
            }
            starts.add(first);
            counts.add(count);
            first += width;
            band++;
        }
        this.firsts = starts.build().toArray();
        this.scored = chosen.build().toArray();
        this.scoredIn = counts.build().toArray();
    }

    /** The furthest step ahead. */
    int furthest() {
        return furthest;
    }

    /** How many horizons are scored. */
    int scoredCount() {
        return scored.length;
    }

    /** A horizon that is scored, steps ahead. */
    int scored(int index) {
        return scored[index];
    }

    /** The place of a horizon among those scored; negative where it is none. */
    int indexOf(int horizon) {
        return Arrays.binarySearch(scored, horizon);
    }

    /** The band of a horizon, counted from 0. */
    int bandOf(int horizon) {
        return bandOf[horizon];
    }

    /** How many bands there are. */
    int bands() {
        return firsts.length;
    }

    /** The nearest horizon of a band. */
    int firstOf(int band) {
        return firsts[band];
    }

    /** The furthest horizon of a band. */
    int lastOf(int band) {
        return band + 1 < firsts.length ? firsts[band + 1] - 1 : furthest;
    }

    /** How many horizons of a band are scored. */
    int scoredIn(int band) {
        return scoredIn[band];
    }
}
