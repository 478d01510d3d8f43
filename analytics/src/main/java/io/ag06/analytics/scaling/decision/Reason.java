package io.ag06.analytics.scaling.decision;

/** Why so many replicas are wanted: what asked for the most of them. */
public enum Reason {
    FORECAST("the load that is forecast, at the quantile that the prices ask for"),
    REACTIVE("the load of the last minutes, which is above its forecast"),
    RECURRENCE("what surged or fell may come again, or come back"),
    UNSURE("the forecast does not know its own errors yet, or its sensor seems dead; as the reactive rule would"),
    UNMEASURED("the load is not measured; nothing is taken away"),
    SPENT("more would cost more than the reactive rule does"),
    UNPROVEN("the reactive rule wants as many, and having fewer has not been worth it of late"),
    BOUNDED("the bounds, or the largest step");

    private final String words;

    Reason(String words) {
        this.words = words;
    }

    /** The reason for a person. */
    public String words() {
        return words;
    }
}
