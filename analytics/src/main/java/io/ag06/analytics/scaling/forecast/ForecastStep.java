package io.ag06.analytics.scaling.forecast;

/**
 * The forecast of one step: {@code lo95 <= lo80 <= mean <= hi80 <= hi95}, in the units of the series.
 *
 * @param ahead how many steps after the last value, from 1
 * @param mean the forecast: a middle value, that errors on both sides are held small about
 * @param lo80 lower bound of the interval that 80 % of values are expected in
 * @param hi80 its upper bound
 * @param lo95 lower bound of the interval that 95 % of values are expected in
 * @param hi95 its upper bound
 * @param model {@code combination}, or the naive method that stands alone
 */
public record ForecastStep(int ahead, double mean, double lo80, double hi80, double lo95, double hi95, String model) {}
