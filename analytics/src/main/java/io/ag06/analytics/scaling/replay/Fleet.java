package io.ag06.analytics.scaling.replay;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The replicas of a service in one minute. Those wanted at the end of a minute are billed from the next one on and
 * serve when they have started for some whole minutes; those given up go at once, starting ones first, the newest
 * first.
 *
 * @param ready replicas that serve in this minute
 * @param starting replicas that are billed and serve from the next minute on, the one after that, and so on
 */
public record Fleet(int ready, List<Integer> starting) {
    /** The fewest replicas that a service runs on. */
    public static final int FEWEST = 1;

    /** The most replicas that a service may have. */
    public static final int MOST = 1000;

    /** Whole minutes of starting in a replay. */
    public static final int STARTUP_MINUTES = 2;

    public Fleet {
        starting = List.copyOf(starting);
        if (ready < 0 || starting.stream().anyMatch(batch -> batch < 0)) {
            throw new IllegalArgumentException(
                    "No count of replicas is negative: %d ready, starting %s".formatted(ready, starting));
        }
    }

    /**
     * Replicas that all serve already, within the bounds of a service.
     *
     * @param startupMinutes how long others will have to start
     */
    public static Fleet of(double ready, int startupMinutes) {
        return new Fleet(bounded(ready), Collections.nCopies(startupMinutes, 0));
    }

    /** A count of replicas within the bounds of a service. */
    public static int bounded(double replicas) {
        return (int) Math.max(FEWEST, Math.min(MOST, replicas));
    }

    /** Replicas that are paid for in this minute. */
    public int billed() {
        return ready + starting.stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * The fleet of the next minute.
     *
     * @param wanted how many replicas there shall be, at the end of this minute
     */
    public Fleet next(int wanted) {
        int change = wanted - billed();
        int fewer = Math.max(0, -change);
        List<Integer> batches = new ArrayList<>(starting);
        batches.add(Math.max(0, change));
        for (int newest = batches.size() - 1; newest >= 0; newest--) {
            int given = Math.min(fewer, batches.get(newest));
            batches.set(newest, batches.get(newest) - given);
            fewer -= given;
        }
        int serving = batches.remove(0);
        return new Fleet(Math.max(0, ready - fewer) + serving, batches);
    }
}
