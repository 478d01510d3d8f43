package io.ag06.analytics.scaling.decision;

import io.ag06.analytics.scaling.replay.Fleet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What was seen of a service in a minute that has ended.
 *
 * @param load of the minute, 0 or more; NaN where it was not measured
 * @param fleet the replicas of that minute, those that start included; absent where not so much is known of them
 * @param ready how many of the replicas served, where those that start are not told: they are taken to be those that
 *     were asked for and have not had the time to start. Absent where the fleet is known; where neither is, what was
 *     decided is taken to have been done
 * @param utilisation how busy the replicas were, 0..1; absent where it was not measured
 */
public record Seen(double load, Optional<Fleet> fleet, OptionalInt ready, OptionalDouble utilisation) {
    /** A load, and nothing of replicas. */
    public static Seen load(double load) {
        return new Seen(load, Optional.empty(), OptionalInt.empty(), OptionalDouble.empty());
    }

    /** A load, the replicas that served, and how busy these were. */
    public static Seen of(double load, int ready, double utilisation) {
        return new Seen(load, Optional.empty(), OptionalInt.of(ready), OptionalDouble.of(utilisation));
    }

    /** A load and the replicas that carried it. */
    public static Seen of(double load, Fleet fleet) {
        return new Seen(load, Optional.of(fleet), OptionalInt.empty(), OptionalDouble.empty());
    }
}
