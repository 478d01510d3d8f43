package io.ag06.analytics.scaling.decision;

/** What a decision does to the number of replicas. */
public enum Action {
    UP,
    KEEP,
    DOWN;

    static Action between(int current, int desired) {
        return desired > current ? UP : desired < current ? DOWN : KEEP;
    }
}
