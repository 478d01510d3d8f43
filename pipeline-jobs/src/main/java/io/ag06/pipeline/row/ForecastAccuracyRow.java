package io.ag06.pipeline.row;

/**
 * A row of {@code forecast_accuracy_versions}: sums over the values of one service that came in a window, held against
 * what had been forecast.
 *
 * @param stepSeconds length of a step: 60 or 3600
 * @param ahead how many steps before they came the values were forecast
 * @param windowStart start of the window, seconds since the epoch
 * @param windowEnd its end, which does not belong to it
 * @param forecasts values that came and had been forecast
 * @param absoluteErrors sum of the distances, requests
 * @param symmetricErrors sum of 200 |y - f| / (|y| + |f|)
 * @param inside80 how many lay inside the interval for 80 %
 * @param inside95 the same for 95 %
 * @param widths80 sum of the intervals' widths, requests
 * @param widths95 the same for 95 %
 * @param scale mean change from one day to the next, requests, or null where it is not known
 * @param version events of the service that were taken in
 */
public record ForecastAccuracyRow(
        String service,
        int stepSeconds,
        int ahead,
        int windowStart,
        int windowEnd,
        long forecasts,
        double absoluteErrors,
        double symmetricErrors,
        long inside80,
        long inside95,
        double widths80,
        double widths95,
        Double scale,
        long version) {}
