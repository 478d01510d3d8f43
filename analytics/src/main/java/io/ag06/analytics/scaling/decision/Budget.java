package io.ag06.analytics.scaling.decision;

import io.ag06.analytics.scaling.memory.Memory;

/**
 * What may be spent: as much as the reactive rule would have spent, or a little less where the planner may have fewer
 * replicas than the rule; and more by as large a share as the replicas that the rule lacked in the last week cost of
 * what it spent, up to a bound. What was saved may be spent later, within a bound; what is overspent has to be saved
 * first.
 */
final class Budget {
    private static final double MINUTES_PER_HOUR = 60;
    private static final double MINUTES_REMEMBERED = 7 * 1440.0;
    /**
     * Of what the reactive rule costs, where there may be fewer replicas: what is spared in a week is more than can be
     * kept, so that what is spent later does not make the week cost more than the rule's.
     */
    private static final double SHARE = 0.975;
    /** Where the reactive rule fails, at most so much may be spent, though not to fill what is kept beyond its half. */
    private static final double MOST_SHARE = 1.09;

    private static final double HALF = 0.5;
    /**
     * What was saved is kept up to so many hours of the replicas that the reactive rule had of late: those of a week
     * would let a service that shrinks live for a day on what it saved when it was large.
     */
    private static final double HOURS_KEPT = 4;

    private static final double MINUTES_OF_LATE = 720;
    /** The least of what can be kept is as if a replica cost so many times its price. */
    private static final double MOST_SCARCE = 20;

    private final double[] sums;

    /** In minutes of a replica. */
    private static final int CREDIT = 0;

    private static final int REACTIVE_MINUTES = 1;
    private static final int REACTIVE_MISSING = 2;
    private static final int REACTIVE_OF_LATE = 3;
    private static final int MINUTES_PASSED = 4;

    Budget(Memory memory) {
        this.sums = memory.numbers(5);
    }

    /**
     * A minute has passed.
     *
     * @param own replicas paid for
     * @param reactive replicas that the reactive rule would have paid for
     * @param reactiveMissing replicas that it would have lacked
     * @param mayHaveFewer whether the planner may have fewer than it
     */
    void book(int own, int reactive, int reactiveMissing, boolean mayHaveFewer, ScalingSettings.Prices prices) {
        double kept = 1 - 1 / MINUTES_REMEMBERED;
        sums[REACTIVE_MINUTES] = kept * sums[REACTIVE_MINUTES] + reactive;
        sums[REACTIVE_MISSING] = kept * sums[REACTIVE_MISSING] + reactiveMissing;
        double keptOfLate = 1 - 1 / MINUTES_OF_LATE;
        sums[REACTIVE_OF_LATE] = keptOfLate * sums[REACTIVE_OF_LATE] + reactive;
        sums[MINUTES_PASSED] = keptOfLate * sums[MINUTES_PASSED] + 1;
        double failure = prices.shortMinute() * sums[REACTIVE_MISSING];
        double cost = prices.replicaHour() * sums[REACTIVE_MINUTES] / MINUTES_PER_HOUR;
        double more = share() > HALF ? 0 : failure / cost;
        double allowed = reactive * Math.min(MOST_SHARE, (mayHaveFewer ? SHARE : 1) + more);
        sums[CREDIT] = Math.min(bound(), sums[CREDIT] + allowed - own);
    }

    private double bound() {
        return HOURS_KEPT * MINUTES_PER_HOUR * sums[REACTIVE_OF_LATE] / sums[MINUTES_PASSED];
    }

    /** Whether anything is left. */
    boolean isLeft() {
        return sums[CREDIT] > 0;
    }

    /** How much of what can be kept is left, at most 1. */
    double share() {
        return sums[MINUTES_PASSED] > 0 ? sums[CREDIT] / bound() : 0;
    }

    /**
     * How many times its price a replica is worth, from 1 on: the less is left below the half of what can be kept, the
     * more, so that what is spent goes to where it is needed the most.
     */
    double scarcity() {
        double left = Math.max(share(), Double.MIN_NORMAL) / HALF;
        return Math.max(1, Math.min(MOST_SCARCE, 1 / (left * left)));
    }
}
