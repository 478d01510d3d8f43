package io.ag06.analytics.scaling.forecast;

import java.util.OptionalDouble;

/**
 * A line of the league's table: one method at a band of horizons.
 *
 * @param method its name
 * @param fromAhead the nearest step ahead of the band
 * @param toAhead the furthest
 * @param skill 1 - its loss of late against the seasonal naive method's: above 0 it has done better, 1 is without
 *     error; absent where none of its forecasts has come due
 * @param weight its share of the forecast, 0..1
 */
public record Standing(String method, int fromAhead, int toAhead, OptionalDouble skill, double weight) {}
