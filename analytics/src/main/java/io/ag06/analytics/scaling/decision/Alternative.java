package io.ag06.analytics.scaling.decision;

/**
 * What another way of scaling had in the minute that ended, by its own account.
 *
 * @param replicas that were paid for
 * @param hourlyCost of them
 * @param missing replicas that the load needed beyond those that served, 0 or more: whole ones; 0 where the load is not
 *     known
 */
public record Alternative(int replicas, double hourlyCost, int missing) {}
