package io.ag06.analytics.scaling.replay;

import io.ag06.analytics.scaling.memory.History;
import io.ag06.analytics.scaling.memory.Memory;

/**
 * The rule of Kubernetes' horizontal pod autoscaler, by what it observes each minute (docs/scaling.md, "Replay").
 *
 * <p>With load L of a minute, capacity C of a replica a minute, target utilisation u and n replicas that are paid for,
 * the ratio is r = L / (u C n). Where |r - 1| is at most 0.1 the recommendation is n, else ceil(L / (u C)). Up at once;
 * down only to the highest recommendation of the last five minutes.
 */
public final class ReactiveRule implements Scaler {
    /** The utilisation aimed at where none is stated, a share. */
    public static final double TARGET = 0.7;

    private static final double TOLERANCE = 0.1;
    private static final int MINUTES_REMEMBERED = 5;

    private final double capacity;
    private final double target;
    private final History recommendations;

    /**
     * Prepares for one service.
     *
     * @param capacity load that a replica can carry in a minute, above 0
     * @param target utilisation aimed at, above 0 and at most 1
     */
    public ReactiveRule(double capacity, double target) {
        this(new Memory(), capacity, target);
    }

    /**
     * Prepares for one service.
     *
     * @param memory where its last recommendations are kept
     * @param capacity load that a replica can carry in a minute, above 0
     * @param target utilisation aimed at, above 0 and at most 1
     */
    public ReactiveRule(Memory memory, double capacity, double target) {
        this.capacity = capacity;
        this.target = target;
        this.recommendations = new History(memory, MINUTES_REMEMBERED);
    }

    /** Replicas for a load when nothing is known of the minutes before. */
    int replicasFor(double load) {
        return replicasFor(load, capacity);
    }

    private int replicasFor(double load, double replicaCapacity) {
        return Fleet.bounded(Math.ceil(load / (target * replicaCapacity)));
    }

    @Override
    public int wanted(double load, Fleet fleet) {
        return wanted(load, fleet, capacity);
    }

    /**
     * Decides with a capacity that is known by now.
     *
     * @param replicaCapacity load that a replica can carry in a minute, above 0
     */
    public int wanted(double load, Fleet fleet, double replicaCapacity) {
        int current = fleet.billed();
        double ratio = load / (target * replicaCapacity * current);
        boolean keep = Double.isNaN(ratio) || Math.abs(ratio - 1) <= TOLERANCE;
        int recommendation = keep ? current : replicasFor(load, replicaCapacity);
        recommendations.add(recommendation);
        return recommendation >= current ? recommendation : Math.min(current, highestRecommendation());
    }

    private int highestRecommendation() {
        double highest = 0;
        for (int ago = 1; ago <= Math.min(MINUTES_REMEMBERED, recommendations.size()); ago++) {
            highest = Math.max(highest, recommendations.ago(ago));
        }
        return (int) highest;
    }
}
