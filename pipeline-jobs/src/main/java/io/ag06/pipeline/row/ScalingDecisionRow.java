package io.ag06.pipeline.row;

/**
 * A row of {@code scaling_decisions_versions}: an entry of the ledger, what was seen of a service in a minute, what was
 * decided, and what other ways of scaling would have had.
 *
 * @param decidedAt end of the minute, seconds since the epoch
 * @param load of the minute, requests; null where it was not measured
 * @param saturation share in use of the fullest resource, 0..1; null without readings
 * @param capacity requests that a replica can carry in a minute
 * @param capacityLearned whether that was learned; else it is the configured one
 * @param quantile the share of minutes whose load is to be carried, 0..1, by the prices and by what is left to spend
 * @param forecast the largest load forecast until a replica that is wanted later can serve, requests a minute; null
 *     without a forecast
 * @param provided the load that is provided for, requests a minute
 * @param currentReplicas replicas that are paid for
 * @param desiredReplicas replicas from the next minute on
 * @param action {@code up}, {@code keep} or {@code down}
 * @param reason what asked for so many, as one word
 * @param why the same for a person
 * @param confident whether a forecast that knows its own errors stands behind it, in a minute that was measured
 * @param hourlyCost of the replicas desired
 * @param hourlySaving what the static peak would cost beyond that; below 0 where the highest load so far needs fewer
 * @param ownReplicas replicas paid for in the minute that ended (so the cost of them in an hour, and how many more the
 *     load needed); the same for the reactive rule and for the static peak
 * @param reactiveDesired replicas that the reactive rule would want now: what to fall back on
 * @param fewestReplicas that there may be
 * @param mostReplicas that there may be
 * @param version events of the service that were taken in
 */
public record ScalingDecisionRow(
        String service,
        int decidedAt,
        Double load,
        Double saturation,
        double capacity,
        boolean capacityLearned,
        double quantile,
        Double forecast,
        double provided,
        int currentReplicas,
        int desiredReplicas,
        String action,
        String reason,
        String why,
        boolean confident,
        double hourlyCost,
        double hourlySaving,
        int ownReplicas,
        double ownHourlyCost,
        int ownMissing,
        int reactiveReplicas,
        double reactiveHourlyCost,
        int reactiveMissing,
        int staticReplicas,
        double staticHourlyCost,
        int staticMissing,
        int reactiveDesired,
        int fewestReplicas,
        int mostReplicas,
        long version) {}
