package io.ag06.analytics.scaling.replay;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;

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

    private final double loadPerReplica;
    private final Deque<Integer> recommendations = new ArrayDeque<>();

    /**
     * Prepares for one service.
     *
     * @param capacity load that a replica can carry in a minute, above 0
     * @param target utilisation aimed at, above 0 and at most 1
     */
    public ReactiveRule(double capacity, double target) {
        this.loadPerReplica = target * capacity;
    }

    /** Replicas for a load when nothing is known of the minutes before. */
    int replicasFor(double load) {
        return Fleet.bounded(Math.ceil(load / loadPerReplica));
    }

    @Override
    public int wanted(double load, Fleet fleet) {
        int current = fleet.billed();
        double ratio = load / (loadPerReplica * current);
        boolean keep = Double.isNaN(ratio) || Math.abs(ratio - 1) <= TOLERANCE;
        int recommendation = keep ? current : replicasFor(load);
        recommendations.addLast(recommendation);
        if (recommendations.size() > MINUTES_REMEMBERED) {
            recommendations.removeFirst();
        }
        return recommendation >= current ? recommendation : Math.min(current, Collections.max(recommendations));
    }
}
