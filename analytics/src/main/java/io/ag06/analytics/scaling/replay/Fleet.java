package io.ag06.analytics.scaling.replay;

/**
 * The replicas of a service in one minute. Those wanted at the end of a minute are billed from the next one on and
 * serve after two whole minutes of starting; those given up go at once, starting ones first, the newest first.
 *
 * @param ready replicas that serve in this minute
 * @param nearlyReady replicas that are billed and will serve from the next minute on
 * @param starting replicas that are billed and will serve from the minute after the next on
 */
public record Fleet(int ready, int nearlyReady, int starting) {
    /** The fewest replicas that a service runs on. */
    public static final int FEWEST = 1;

    /** The most replicas that a service may have. */
    public static final int MOST = 1000;

    public Fleet {
        if (ready < 0 || nearlyReady < 0 || starting < 0) {
            throw new IllegalArgumentException(
                    "No count of replicas is negative: %d ready, %d nearly ready, %d starting"
                            .formatted(ready, nearlyReady, starting));
        }
    }

    /** Replicas that all serve already, within the bounds of a service. */
    static Fleet of(double ready) {
        return new Fleet(bounded(ready), 0, 0);
    }

    /** A count of replicas within the bounds of a service. */
    static int bounded(double replicas) {
        return (int) Math.max(FEWEST, Math.min(MOST, replicas));
    }

    /** Replicas that are paid for in this minute. */
    public int billed() {
        return ready + nearlyReady + starting;
    }

    /**
     * The fleet of the next minute.
     *
     * @param wanted how many replicas there shall be, at the end of this minute
     */
    public Fleet next(int wanted) {
        int more = Math.max(0, wanted - billed());
        int fewer = Math.max(0, billed() - wanted);
        int keptStarting = Math.max(0, starting - fewer);
        fewer -= starting - keptStarting;
        int keptNearlyReady = Math.max(0, nearlyReady - fewer);
        fewer -= nearlyReady - keptNearlyReady;
        return new Fleet(Math.max(0, ready - fewer) + keptNearlyReady, keptStarting, more);
    }
}
