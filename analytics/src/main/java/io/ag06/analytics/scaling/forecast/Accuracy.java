package io.ag06.analytics.scaling.forecast;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How good a forecast was, when what it spoke of has come. With y what came, f the forecast, l and u the bounds of the
 * 95 % interval, and q the mean of |y(t) - y(t - m)| over the values before the forecast, m being a season:
 *
 * <ul>
 *   <li>sMAPE: mean of 200 |y - f| / (|y| + |f|), 0 where both are 0; 0..200;
 *   <li>MASE: mean of |y - f|, divided by q (Hyndman, Koehler, Int. J. Forecasting 22, 2006);
 *   <li>MSIS: mean of (u - l) + 40 max(0, l - y) + 40 max(0, y - u), divided by q (Gneiting, Raftery, J. Am. Stat.
 *       Assoc. 102, 2007);
 *   <li>coverage: the share of values inside of an interval, bounds included; 0..1;
 *   <li>width: mean of u - l, divided by q.
 * </ul>
 *
 * <p>Steps that have no value count nowhere.
 *
 * @param smape 0..200
 * @param mase absent where q is 0 or not known
 * @param msis absent where q is 0 or not known
 * @param coverage80 of the 80 % interval
 * @param coverage95 of the 95 % interval
 * @param width80 of the 80 % interval; absent where q is 0 or not known
 * @param width95 of the 95 % interval; absent where q is 0 or not known
 */
public record Accuracy(
        double smape,
        OptionalDouble mase,
        OptionalDouble msis,
        double coverage80,
        double coverage95,
        OptionalDouble width80,
        OptionalDouble width95) {
    private static final double PENALTY = 2 / 0.05;

    /**
     * Holds a forecast against what came.
     *
     * @param before the values before the forecast; NaN where there was none
     * @param season steps, at least 1
     * @param came values of the forecast's first steps; NaN where there is none, one at least is a number
     */
    public static Accuracy of(double[] before, int season, List<ForecastStep> forecast, double[] came) {
        if (came.length == 0 || came.length > forecast.size()) {
            throw new IllegalArgumentException(
                    "1 to %d values can be held against the forecast, not %d".formatted(forecast.size(), came.length));
        }
        double smape = 0;
        double errors = 0;
        double interval = 0;
        double width80 = 0;
        double width95 = 0;
        int inside80 = 0;
        int inside95 = 0;
        int count = 0;
        for (int i = 0; i < came.length; i++) {
            if (Double.isNaN(came[i])) {
                continue;
            }
            ForecastStep step = forecast.get(i);
            double error = Math.abs(came[i] - step.mean());
            double size = Math.abs(came[i]) + Math.abs(step.mean());
            smape += size == 0 ? 0 : 200 * error / size;
            errors += error;
            interval += step.hi95()
                    - step.lo95()
                    + PENALTY * Math.max(0, Math.max(step.lo95() - came[i], came[i] - step.hi95()));
            width80 += step.hi80() - step.lo80();
            width95 += step.hi95() - step.lo95();
            inside80 += step.lo80() <= came[i] && came[i] <= step.hi80() ? 1 : 0;
            inside95 += step.lo95() <= came[i] && came[i] <= step.hi95() ? 1 : 0;
            count++;
        }
        if (count == 0) {
            throw new IllegalArgumentException("Nothing came that could be held against the forecast");
        }
        OptionalDouble scale = seasonalChange(before, season);
        return new Accuracy(
                smape / count,
                ratio(errors / count, scale),
                ratio(interval / count, scale),
                (double) inside80 / count,
                (double) inside95 / count,
                ratio(width80 / count, scale),
                ratio(width95 / count, scale));
    }

    private static OptionalDouble ratio(double value, OptionalDouble scale) {
        return scale.isPresent() ? OptionalDouble.of(value / scale.getAsDouble()) : OptionalDouble.empty();
    }

    /** Mean change from one season to the next; absent where it is 0 or not known. */
    private static OptionalDouble seasonalChange(double[] values, int season) {
        double sum = 0;
        int known = 0;
        for (int i = season; i < values.length; i++) {
            double change = Math.abs(values[i] - values[i - season]);
            if (!Double.isNaN(change)) {
                sum += change;
                known++;
            }
        }
        return sum > 0 ? OptionalDouble.of(sum / known) : OptionalDouble.empty();
    }
}
