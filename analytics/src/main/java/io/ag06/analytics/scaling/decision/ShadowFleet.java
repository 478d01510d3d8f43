package io.ag06.analytics.scaling.decision;

import io.ag06.analytics.scaling.memory.Memory;
import io.ag06.analytics.scaling.replay.Fleet;
import java.util.ArrayList;
import java.util.List;

/** The replicas that there would be if all that was decided were done. */
final class ShadowFleet {
    private final double[] counts;

    /** No replicas yet. */
    ShadowFleet(Memory memory, int startupMinutes) {
        // Those that serve, then those that start.
        this.counts = memory.numbers(1 + startupMinutes);
    }

    /** Whether there are any. */
    boolean hasBegun() {
        return counts[0] > 0;
    }

    Fleet fleet() {
        List<Integer> starting = new ArrayList<>(counts.length - 1);
        for (int i = 1; i < counts.length; i++) {
            starting.add((int) counts[i]);
        }
        return new Fleet((int) counts[0], starting);
    }

    /** What it is from now on. */
    void become(Fleet fleet) {
        counts[0] = fleet.ready();
        for (int i = 1; i < counts.length; i++) {
            counts[i] = i <= fleet.starting().size() ? fleet.starting().get(i - 1) : 0;
        }
    }
}
