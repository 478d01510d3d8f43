package io.ag06.analytics.scaling.decision;

/**
 * An entry of the ledger: what was seen and forecast, what was decided and why, and what other ways would have had.
 *
 * @param load of the minute that ended; NaN where it was not measured
 * @param capacity load that a replica can carry in a minute, as known now
 * @param capacityLearned whether that was learned from utilisation; else it is the configured value
 * @param quantile the share of minutes whose load is to be carried, 0..1, by the prices, and by how scarce replicas are
 *     where little is left to spend
 * @param forecast the largest load forecast until what is decided later can serve; NaN where there is no forecast
 * @param provided the load that is provided for
 * @param current replicas that are paid for: those that serve, and those that were asked for and have not had the time
 *     to start
 * @param desired replicas from the next minute on
 * @param action what that does
 * @param reason what asked for so many
 * @param confident whether a forecast that knows its own errors stands behind it, in a minute that was measured; else
 *     {@code reactiveDesired} is what to go by
 * @param hourlyCost of the replicas desired
 * @param own what was had in the minute that ended
 * @param reactive what the reactive rule would have had
 * @param staticPeak what as many replicas as the highest load of the last four weeks needs would have been
 * @param reactiveDesired replicas that the reactive rule would want now, by its own account: what to fall back on; no
 *     fewer than there are where the load was not measured
 */
public record Decision(
        double load,
        double capacity,
        boolean capacityLearned,
        double quantile,
        double forecast,
        double provided,
        int current,
        int desired,
        Action action,
        Reason reason,
        boolean confident,
        double hourlyCost,
        Alternative own,
        Alternative reactive,
        Alternative staticPeak,
        int reactiveDesired) {}
