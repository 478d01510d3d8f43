package io.ag06.analytics.scaling.service;

/**
 * What forecasts of one service came to, made some steps ahead, over one window of steps. All are sums, so that windows
 * can be put together; what they are divided by is said in docs/scaling.md.
 *
 * @param ahead how many steps before they came the values were forecast
 * @param windowStart number of the window's first step
 * @param forecasts values that came in the window and had been forecast
 * @param absoluteErrors sum of |y - f|, y being what came and f the forecast
 * @param symmetricErrors sum of 200 |y - f| / (|y| + |f|), 0 where both are 0
 * @param inside80 how many lay inside the interval for 80 %
 * @param inside95 the same for 95 %
 * @param widths80 sum of the widths of the intervals for 80 %
 * @param widths95 the same for 95 %
 * @param scale mean |y_t - y_(t-m)| of all values before, m being a day: what errors are divided by for MASE; null
 *     where there were none a day apart
 */
public record Score(
        int ahead,
        long windowStart,
        long forecasts,
        double absoluteErrors,
        double symmetricErrors,
        long inside80,
        long inside95,
        double widths80,
        double widths95,
        Double scale) {}
