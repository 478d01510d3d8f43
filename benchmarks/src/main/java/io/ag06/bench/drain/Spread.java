package io.ag06.bench.drain;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A figure over several rounds.
 *
 * @param median of an even count the mean of the middle two
 */
record Spread(double min, double median, double max) {
    static <T> Spread of(List<T> rounds, ToDoubleFunction<T> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return new Spread(
                sorted[0],
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2,
                sorted[sorted.length - 1]);
    }
}
