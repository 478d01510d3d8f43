package io.ag06.analytics.scaling.service;

import io.ag06.analytics.scaling.decision.Decision;
import io.ag06.analytics.scaling.forecast.Forecast;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is said of a service when a minute has ended.
 *
 * @param minute the minute, minutes since the epoch
 * @param events events of the service that were taken in by then
 * @param saturation share in use of the service's fullest resource in the minute, 0..1; empty where it was not measured
 * @param minutes the forecast of the minutes that follow; empty where the service was not heard for long
 * @param hours the forecast of the hours that follow, where an hour has ended
 * @param minuteScores how good forecasts of minutes were, where a window has ended; step numbers are minutes since the
 *     epoch
 * @param hourScores the same for hours; step numbers are hours since the epoch
 * @param decision how many replicas there shall be; empty where the service was not heard for long
 */
public record Announcement(
        long minute,
        long events,
        OptionalDouble saturation,
        Optional<Forecast> minutes,
        Optional<Forecast> hours,
        List<Score> minuteScores,
        List<Score> hourScores,
        Optional<Decision> decision) {
    public Announcement {
        minuteScores = List.copyOf(minuteScores);
        hourScores = List.copyOf(hourScores);
    }
}
