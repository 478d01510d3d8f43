package io.ag06.analytics.scaling.decision;

import io.ag06.analytics.scaling.memory.Memory;
import io.ag06.analytics.scaling.replay.Fleet;
import java.util.ArrayList;
import java.util.List;

/** The replicas that there would be if all that was decided were done. */
final class ShadowFleet {
    private final double[] counts;
    private final double[] begun;

    /** No replicas yet. */
    ShadowFleet(Memory memory, int startupMinutes) {
        // Those that serve, then those that start.
        this.counts = memory.numbers(1 + startupMinutes);
        this.begun = memory.numbers(1);
    }

    /** Whether it is known what there is. */
    boolean hasBegun() {
        return begun[0] != 0;
    }

    Fleet fleet() {
        List<Integer> starting = new ArrayList<>(counts.length - 1);
        for (int i = 1; i < counts.length; i++) {
            starting.add((int) counts[i]);
        }
        return new Fleet((int) counts[0], starting);
    }

    /**
     * So many serve. What was asked for and has not had the time to start still starts, but for those that serve sooner
     * than they were expected to; what has had the time and does not serve is not there.
     */
    void serves(int ready) {
        double early = Math.max(0, ready - counts[0]);
        counts[0] = ready;
        begun[0] = 1;
        for (int i = 1; i < counts.length; i++) {
            double served = Math.min(early, counts[i]);
            counts[i] -= served;
            early -= served;
        }
    }

    /** What it is from now on. */
    void become(Fleet fleet) {
        begun[0] = 1;
        counts[0] = fleet.ready();
        for (int i = 1; i < counts.length; i++) {
            counts[i] = i <= fleet.starting().size() ? fleet.starting().get(i - 1) : 0;
        }
    }
}
