package io.ag06.analytics.health;

import static java.util.Objects.requireNonNull;

/**
 * How much a counter has counted since it was first looked at, though it starts anew with whatever it counts in. What
 * it counted between the last look and its end is not seen, so a total that saw it start anew is a lower bound.
 * Immutable.
 *
 * @param run the run of the job that the counter was last seen in
 * @param shown what it showed then
 * @param total what it has counted in all, 0 or more
 */
public record CounterTotal(String run, long shown, long total) {
    public CounterTotal {
        requireNonNull(run, "run");
    }

    /** A first look at a counter that may have counted before: counting begins with what it shows. */
    public static CounterTotal from(String run, long shown) {
        return new CounterTotal(run, shown, 0);
    }

    /** A first look at a counter that is known to have begun under our eyes: all that it shows counts. */
    public static CounterTotal fromZero(String run, long shown) {
        return new CounterTotal(run, shown, shown);
    }

    /** A further look. A counter of another run, or one that shows less than before, has started anew. */
    public CounterTotal next(String nextRun, long nextShown) {
        boolean anew = !nextRun.equals(run) || nextShown < shown;
        return new CounterTotal(nextRun, nextShown, total + (anew ? nextShown : nextShown - shown));
    }
}
