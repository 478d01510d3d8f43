package io.ag06.analytics.scaling.forecast;

import io.ag06.analytics.scaling.memory.Memory;
import java.util.Arrays;

/**
 * Errors of the forecast at about one horizon, in units of what was expected of them: a sample of the last ones, evenly
 * spread over time. Their quantiles weigh the younger ones more, so that they follow a series that changes (weighted
 * conformal prediction: Barber, Candès, Ramdas, Tibshirani: "Conformal prediction beyond exchangeability", Annals of
 * Statistics 51, 2023).
 */
final class ErrorSample {
    /** How many errors are kept. */
    static final int SIZE = 400;

    private static final int FEWEST = 20;
    private static final double SMOOTHED = 0.2;

    private final double[] errors;
    private final double[] steps;
    private final double[] count;

    ErrorSample(Memory memory) {
        this.errors = memory.numbers(SIZE);
        this.steps = memory.numbers(SIZE);
        this.count = memory.numbers(1);
    }

    void add(double error, long step) {
        int at = (int) ((long) count[0] % SIZE);
        errors[at] = error;
        steps[at] = step;
        count[0]++;
    }

    /** Whether there are enough errors to tell the bounds from. */
    boolean isEnough() {
        return count[0] >= FEWEST;
    }

    /**
     * Quantiles, each a mean of those a fifth of the tail to either side, which does not jump where two errors change
     * places.
     *
     * @param now the current step
     * @param memorySteps after so many steps an error counts 1/e of what it did
     * @param shares ascending, 0..1
     */
    double[] quantiles(long now, double memorySteps, double[] shares) {
        int size = (int) Math.min(SIZE, count[0]);
        double[][] sorted = new double[size][];
        for (int i = 0; i < size; i++) {
            sorted[i] = new double[] {errors[i], Math.exp((steps[i] - now) / memorySteps)};
        }
        Arrays.sort(sorted, (a, b) -> Double.compare(a[0], b[0]));
        double total = Arrays.stream(sorted).mapToDouble(error -> error[1]).sum();
        return Arrays.stream(shares)
                .map(share -> {
                    double aside = SMOOTHED * Math.min(share, 1 - share);
                    return mean(sorted, total * (share - aside), total * (share + aside));
                })
                .toArray();
    }

    /** Mean of the errors from one place in their weights to another. */
    private static double mean(double[][] sorted, double from, double to) {
        double sum = 0;
        double passed = 0;
        for (int i = 0; i < sorted.length && passed < to; i++) {
            double start = Math.max(passed, from);
            passed += sorted[i][1];
            double inside = Math.min(passed, to) - start;
            sum += inside > 0 ? inside * sorted[i][0] : 0;
        }
        return sum / (to - from);
    }

    /** Weight of all errors kept, in errors that happen now. */
    double weight(long now, double memorySteps) {
        double total = 0;
        for (int i = 0; i < Math.min(SIZE, count[0]); i++) {
            total += Math.exp((steps[i] - now) / memorySteps);
        }
        return total;
    }
}
