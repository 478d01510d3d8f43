package io.ag06.analytics.scaling.forecast;

import io.ag06.analytics.scaling.memory.History;

/**
 * What was one season before will be again (Hyndman, Athanasopoulos: "Forecasting: Principles and Practice", 3rd ed.,
 * 5.2). With a season of one step it is the naive method: the last value stays.
 */
final class SeasonalNaive implements Method {
    private final String name;
    private final History history;
    private final int season;

    /**
     * Prepares the method.
     *
     * @param season steps, at least 1 and at most what the history keeps
     */
    SeasonalNaive(String name, History history, int season) {
        this.name = name;
        this.history = history;
        this.season = season;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void observe(double value) {
        // All that it needs is in the history.
    }

    @Override
    public boolean isReady() {
        return history.size() >= season;
    }

    @Override
    public void forecast(double[] into) {
        for (int step = 0; step < into.length; step++) {
            into[step] = step < season ? history.ago(season - step) : into[step - season];
        }
    }
}
