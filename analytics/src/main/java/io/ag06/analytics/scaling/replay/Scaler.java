package io.ag06.analytics.scaling.replay;

/** Decides how many replicas a service shall have, minute after minute, from the load so far. */
public interface Scaler {
    /**
     * Is shown the load of a minute before its own time: it decides nothing.
     *
     * @param load of a minute; NaN where it was not measured
     */
    default void learn(double load) {}

    /**
     * Decides at the end of a minute.
     *
     * @param load of the minute that ends; NaN where it was not measured
     * @param fleet the replicas of that minute
     * @return how many replicas there shall be from the next minute on
     */
    int wanted(double load, Fleet fleet);
}
