package io.ag06.pipeline.operator.scaling;

import io.ag06.analytics.scaling.decision.ScalingSettings;
import java.io.Serializable;

/**
 * What decisions are made by, as it travels with the job.
 *
 * @param capacity requests that a replica can carry in a minute, until that is learned
 * @param startupMinutes whole minutes that a replica starts for
 * @param fewest replicas that there may be
 * @param most replicas that there may be
 * @param mostMore replicas at once
 * @param mostFewer replicas at once
 * @param replicaHour price of a replica for an hour
 * @param shortMinute price of a minute in which one replica was missing
 */
public record ScalingTerms(
        double capacity,
        int startupMinutes,
        int fewest,
        int most,
        int mostMore,
        int mostFewer,
        double replicaHour,
        double shortMinute)
        implements Serializable {
    /** One decision at each minute's end. */
    private static final int INTERVAL_MINUTES = 1;

    ScalingSettings settings() {
        return new ScalingSettings(
                capacity,
                startupMinutes,
                INTERVAL_MINUTES,
                new ScalingSettings.Bounds(fewest, most, mostMore, mostFewer),
                new ScalingSettings.Prices(replicaHour, shortMinute));
    }
}
