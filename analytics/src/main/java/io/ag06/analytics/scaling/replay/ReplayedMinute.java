package io.ag06.analytics.scaling.replay;

/**
 * One minute of a replay.
 *
 * @param load of the minute; NaN where it was not measured
 * @param ready replicas that served
 * @param billed replicas that were paid for
 * @param wanted replicas that were wanted at its end
 */
public record ReplayedMinute(double load, int ready, int billed, int wanted) {
    /** Load above what the replicas that served could carry; 0 where the load is not known. */
    double lost(double capacity) {
        return Double.isNaN(load) ? 0 : Math.max(0, load - ready * capacity);
    }

    /** Whether the load was above what the replicas that served could carry. */
    public boolean isShort(double capacity) {
        return load > ready * capacity;
    }

    /** Whether another number of replicas was wanted than there was. */
    boolean isChange() {
        return wanted != billed;
    }
}
