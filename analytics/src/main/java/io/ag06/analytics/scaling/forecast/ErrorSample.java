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
     * places. Where one is 0, as if no error could ever be on its side, it is the outermost error if the last ones, or
     * all of them and one more, were on that side more often than it says.
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
                    double quantile = mean(sorted, total * (share - aside), total * (share + aside));
                    return quantile == 0 ? unseen(sorted, share, total) : quantile;
                })
                .toArray();
    }

    /**
     * The outermost error on a side, where more than the share of the last errors are on it, or of all and the one to
     * come, if that is (as in the proof that conformal intervals cover); else 0.
     */
    private double unseen(double[][] sorted, double share, double total) {
        double outermost = sorted[share < 0.5 ? 0 : sorted.length - 1][0];
        if (outermost == 0) {
            return 0;
        }
        double outside = Math.min(share, 1 - share);
        double weight = 0;
        for (double[] error : sorted) {
            weight += error[0] * outermost > 0 ? error[1] : 0;
        }
        int last = (int) Math.min(FEWEST, count[0]);
        int among = 0;
        for (int ago = 1; ago <= last; ago++) {
            among += errors[(int) (((long) count[0] - ago) % SIZE)] * outermost > 0 ? 1 : 0;
        }
        return weight + 1 > outside * (total + 1) || among > outside * last ? outermost : 0;
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
