package io.ag06.analytics.scaling.decision;

/**
 * A load to provide for.
 *
 * @param load that shall be carried, 0 or more
 * @param reason why
 */
record Wish(double load, Reason reason) {
    /** This one, or another one for more. */
    Wish or(Wish other) {
        return other.load > load ? other : this;
    }
}
