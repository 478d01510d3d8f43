package io.ag06.analytics.scaling.decision;

import io.ag06.analytics.scaling.replay.Fleet;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was seen of a service in a minute that has ended.
 *
 * @param load of the minute, 0 or more; NaN where it was not measured
 * @param fleet the replicas of that minute; absent where nothing is known of them, so that what was decided is taken to
 *     have been done
 * @param utilisation how busy the replicas were, 0..1; absent where it was not measured
 */
public record Seen(double load, Optional<Fleet> fleet, OptionalDouble utilisation) {
    /** A load, and nothing of replicas. */
    public static Seen load(double load) {
        return new Seen(load, Optional.empty(), OptionalDouble.empty());
    }

    /** A load and the replicas that carried it. */
    public static Seen of(double load, Fleet fleet) {
        return new Seen(load, Optional.of(fleet), OptionalDouble.empty());
    }
}
