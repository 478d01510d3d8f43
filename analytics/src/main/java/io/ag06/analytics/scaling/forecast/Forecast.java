package io.ag06.analytics.scaling.forecast;

import java.util.List;

/**
 * A forecast from the last value of a series on.
 *
 * @param steps of 1, 2, … steps ahead
 * @param quality what it rests on
 */
public record Forecast(List<ForecastStep> steps, Quality quality) {
    public Forecast {
        steps = List.copyOf(steps);
    }
}
