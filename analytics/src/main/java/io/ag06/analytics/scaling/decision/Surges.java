package io.ag06.analytics.scaling.decision;

import io.ag06.analytics.scaling.memory.Memory;
import java.util.List;

/**
 * Surges: loads so far above what was forecast and what there was that no replica can start in time; a match's kick-off
 * is one. A fall as sudden is taken for the end of one, since what fell may come back: a sensor that was dead, a
 * holiday that is over. They come in clusters, and again at the same time on the next days or in the next week. How
 * often one comes so long after another is counted, for each kind of lag and each quarter of an hour, beginning with a
 * belief (self-exciting point process with a piecewise constant kernel: Hawkes, Biometrika 58, 1971). So the plan
 * provides for the peak of an earlier surge where the chance of another is worth it.
 */
final class Surges {
    private static final int DAY = 1440;
    private static final int REMEMBERED = 64;
    private static final int APART = 10;
    private static final int QUARTER = 15;
    private static final double BELIEF_IN_QUARTERS = 6;
    private static final double FADING = 0.995;

    /** A kind of lag, which is minutes from one surge to another, and what has been counted of it. */
    private static final class Lag {
        private final int from;
        private final int to;
        private final double believedChance;
        private final double[] quarters;
        private final double[] hits;

        Lag(Memory memory, int from, int to, double believedChance) {
            this.from = from;
            this.to = to;
            this.believedChance = believedChance;
            this.quarters = memory.numbers(1);
            this.hits = memory.numbers(1);
        }

        /** A minute has passed since some surge began; each quarter of an hour is counted once. */
        void pass(long minutes) {
            if (contains(minutes) && (minutes - from) % QUARTER == 0) {
                quarters[0] = FADING * quarters[0] + 1;
                hits[0] *= FADING;
            }
        }

        /** A surge has begun so many minutes after another. */
        void hit(long minutes) {
            hits[0] += contains(minutes) ? 1 : 0;
        }

        private boolean contains(long minutes) {
            return minutes > from && minutes <= to;
        }

        /** The chance of a surge in a quarter of an hour. */
        double chance() {
            return (BELIEF_IN_QUARTERS * believedChance + hits[0]) / (BELIEF_IN_QUARTERS + quarters[0]);
        }
    }

    private final double[] starts;
    private final double[] ends;
    private final double[] peaks;
    private final double[] count;
    private final List<Lag> lags;

    Surges(Memory memory) {
        this.starts = memory.numbers(REMEMBERED);
        this.ends = memory.numbers(REMEMBERED);
        this.peaks = memory.numbers(REMEMBERED);
        this.count = memory.numbers(1);
        this.lags = List.of(
                new Lag(memory, 0, 60, 0.25),
                new Lag(memory, 60, 240, 0.05),
                new Lag(memory, DAY - QUARTER, DAY + QUARTER, 0.25),
                new Lag(memory, 7 * DAY - QUARTER, 7 * DAY + QUARTER, 0.25));
    }

    private int remembered() {
        return (int) Math.min(REMEMBERED, count[0]);
    }

    /**
     * A minute has passed in which the load was no surge, or was.
     *
     * @param load of the surge; not looked at where it is none
     */
    void observe(long minute, double load, boolean surge) {
        for (int i = 0; i < remembered(); i++) {
            for (Lag lag : lags) {
                lag.pass((long) (minute - starts[i]));
            }
        }
        if (!surge) {
            return;
        }
        int last = (int) ((count[0] - 1) % REMEMBERED);
        if (count[0] > 0 && minute - ends[last] <= APART) {
            ends[last] = minute;
            peaks[last] = Math.max(peaks[last], load);
        } else {
            begin(minute, load);
        }
    }

    private void begin(long minute, double load) {
        for (int i = 0; i < remembered(); i++) {
            for (Lag lag : lags) {
                lag.hit((long) (minute - starts[i]));
            }
        }
        int next = (int) (count[0] % REMEMBERED);
        starts[next] = minute;
        ends[next] = minute;
        peaks[next] = load;
        count[0]++;
    }

    /**
     * The load that a surge may bring in the next minutes; 0 where none is likely enough.
     *
     * @param lead how many minutes
     * @param leastChance of a surge in a quarter of an hour for which to provide
     */
    double likelyPeak(long minute, int lead, double leastChance) {
        double peak = 0;
        for (int i = 0; i < remembered(); i++) {
            for (Lag lag : lags) {
                boolean within = minute + lead - starts[i] >= lag.from && minute + 1 - ends[i] <= lag.to;
                if (within && peaks[i] > peak && lag.chance() >= leastChance) {
                    peak = peaks[i];
                }
            }
        }
        return peak;
    }
}
