package io.ag06.analytics.scaling.decision;

import io.ag06.analytics.scaling.memory.Memory;

/**
 * Whether it pays to have fewer replicas than the reactive rule: what that would have saved in the last week, and what
 * it would have lacked beyond what the rule itself lacked, at the prices. It is told by a fleet that has what the
 * planner wants wherever that is fewer, and else what the rule wants, so that it goes on being known while the planner
 * has no fewer than the rule.
 */
final class Release {
    private static final double MINUTES_PER_HOUR = 60;
    private static final double MINUTES_REMEMBERED = 7 * 1440.0;

    /** Beyond what was missing: what did not happen in a week may in the next. */
    private static final double BELIEVED_MISSING = 2;

    private static final int SAVED = 0;
    private static final int MISSING = 1;

    private final double[] sums;

    /** Nothing is known, so it does not pay. */
    Release(Memory memory) {
        this.sums = memory.numbers(2);
    }

    /**
     * A minute has passed.
     *
     * @param fewer what the fleet that has fewer had
     * @param reactive what the reactive rule had
     */
    void book(Alternative fewer, Alternative reactive) {
        double kept = 1 - 1 / MINUTES_REMEMBERED;
        sums[SAVED] = kept * sums[SAVED] + reactive.replicas() - fewer.replicas();
        sums[MISSING] = kept * sums[MISSING] + Math.max(0, fewer.missing() - reactive.missing());
    }

    /** Whether what was saved is worth more than what was lacked. */
    boolean pays(ScalingSettings.Prices prices) {
        double saved = prices.replicaHour() * sums[SAVED] / MINUTES_PER_HOUR;
        return saved > prices.shortMinute() * (BELIEVED_MISSING + sums[MISSING]);
    }
}
