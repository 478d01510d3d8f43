package io.ag06.analytics.scaling.forecast;

import java.util.List;

/**
 * What a forecaster is asked for.
 *
 * @param horizon steps ahead that are forecast, at least 1
 * @param seasons seasonal periods, steps, ascending, each at least 2; may be empty
 */
public record ForecastSettings(int horizon, List<Integer> seasons) {
    /** The longest season: a week of minutes, and some. */
    public static final int LONGEST_SEASON = 20_000;

    /** The furthest horizon. */
    public static final int FURTHEST_HORIZON = 20_000;

    public ForecastSettings {
        seasons = List.copyOf(seasons);
        if (horizon < 1 || horizon > FURTHEST_HORIZON) {
            throw new IllegalArgumentException(
                    "A horizon is 1 to %d steps, not %d".formatted(FURTHEST_HORIZON, horizon));
        }
        int before = 1;
        for (int season : seasons) {
            if (season <= before || season > LONGEST_SEASON) {
                throw new IllegalArgumentException(
                        "Seasons are 2 to %d steps and ascend, not %s".formatted(LONGEST_SEASON, seasons));
            }
            before = season;
        }
    }

    /** Steps of the longest season; 1 where there is none. */
    int longestSeason() {
        return seasons.isEmpty() ? 1 : seasons.get(seasons.size() - 1);
    }

    /** Steps of the shortest season; 1 where there is none. */
    int shortestSeason() {
        return seasons.isEmpty() ? 1 : seasons.get(0);
    }
}
