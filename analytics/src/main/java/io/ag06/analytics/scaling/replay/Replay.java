package io.ag06.analytics.scaling.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A recorded load, replayed to scalers.
 *
 * <p>At the end of minute t a scaler sees the load up to t and says how many replicas it wants. New ones are paid for
 * from t + 1 and serve from t + 3, others go at t + 1 ({@link Fleet}). A minute is short when its load is above ready ·
 * C. No queue carries over. Before the first minute there are as many replicas as the reactive rule at 70 % would have
 * for the load of the last minute of history (of the first minute where there is no history).
 */
public final class Replay {
    /**
     * Minutes, the current one included, that perfect knowledge provides for: a replica wanted now serves after them.
     */
    private static final int LEAD_MINUTES = Fleet.STARTUP_MINUTES + 1;

    private final double[] load;
    private final int first;
    private final double capacity;

    /**
     * Prepares a replay of the last minutes of a load.
     *
     * @param load of each minute, 0 or more; NaN where it was not measured
     * @param minutes how many of the last ones are replayed, 1 to all; those before are history
     * @param capacity load that a replica can carry in a minute, above 0
     */
    public Replay(double[] load, int minutes, double capacity) {
        if (minutes < 1 || minutes > load.length) {
            throw new IllegalArgumentException(
                    "Between 1 and %d minutes can be replayed, not %d".formatted(load.length, minutes));
        }
        if (!(capacity > 0) || Double.isInfinite(capacity)) {
            throw new IllegalArgumentException("A replica's capacity is a number above 0, not " + capacity);
        }
        this.load = load.clone();
        this.first = load.length - minutes;
        this.capacity = capacity;
    }

    /** What a scaler comes to. It is shown the history first. */
    public ReplayResult of(Scaler scaler) {
        return ReplayResult.of(minutesOf(scaler), capacity);
    }

    /** Each minute with a scaler, in order. It is shown the history first. */
    public List<ReplayedMinute> minutesOf(Scaler scaler) {
        for (int minute = 0; minute < first; minute++) {
            scaler.learn(load[minute]);
        }
        List<ReplayedMinute> minutes = new ArrayList<>(load.length - first);
        Fleet fleet = initialFleet();
        for (int minute = first; minute < load.length; minute++) {
            int wanted = Fleet.bounded(scaler.wanted(load[minute], fleet));
            minutes.add(new ReplayedMinute(load[minute], fleet.ready(), fleet.billed(), wanted));
            fleet = fleet.next(wanted);
        }
        return minutes;
    }

    /** What a fixed number of replicas comes to: as many as the highest load of the replayed minutes needs. */
    public ReplayResult staticPeak() {
        int[] needs = needs();
        int peak = Arrays.stream(needs).max().getAsInt();
        Arrays.fill(needs, peak);
        return ofKnown(needs);
    }

    /** What perfect knowledge comes to: in each minute the largest need of that one and the next two. */
    public ReplayResult oracle() {
        int[] needs = needs();
        int[] largest = new int[needs.length];
        for (int minute = 0; minute < needs.length; minute++) {
            int end = Math.min(needs.length, minute + LEAD_MINUTES);
            largest[minute] = Arrays.stream(needs, minute, end).max().getAsInt();
        }
        return ofKnown(largest);
    }

    /** The result of replicas that are known in advance, so that all that are paid for serve. */
    private ReplayResult ofKnown(int[] replicas) {
        List<ReplayedMinute> minutes = new ArrayList<>(replicas.length);
        for (int minute = 0; minute < replicas.length; minute++) {
            int next = replicas[Math.min(replicas.length - 1, minute + 1)];
            minutes.add(new ReplayedMinute(load[first + minute], replicas[minute], replicas[minute], next));
        }
        return ReplayResult.of(minutes, capacity);
    }

    private int[] needs() {
        return Arrays.stream(load, first, load.length)
                .mapToInt(value -> Double.isNaN(value) ? Fleet.FEWEST : Fleet.bounded(Math.ceil(value / capacity)))
                .toArray();
    }

    private Fleet initialFleet() {
        int known = Math.max(0, first - 1);
        while (known > 0 && Double.isNaN(load[known])) {
            known--;
        }
        var rule = new ReactiveRule(capacity, ReactiveRule.TARGET);
        return Fleet.of(
                Double.isNaN(load[known]) ? Fleet.FEWEST : rule.replicasFor(load[known]), Fleet.STARTUP_MINUTES);
    }
}
