package io.ag06.analytics.scaling.forecast;

import io.ag06.analytics.scaling.memory.Memory;
import java.util.Arrays;

/**
 * Linear regression y = w · x whose weights follow each new pair of x and y (Ljung, Söderström: "Theory and Practice of
 * Recursive Identification", 1983, 2.2): least squares of all pairs so far, the older discounted, with a ridge. Work
 * for a pair grows with the square of the number of regressors.
 */
final class RecursiveLeastSquares {
    /** Errors beyond this many mean errors pull no harder than that (Huber's bounded influence). */
    private static final double BOUND = 4;

    /** Mean errors below are rounding, and bound nothing. */
    private static final double LEAST_ERROR = 1e-6;

    /** Weight of the ridge at the start: that of so many pairs with regressors of size 1. */
    private static final double RIDGE = 0.1;

    private final int size;
    private final double discount;
    private final double[] weights;
    private final double[] inverse;
    private final double[] error;
    private final double[] gain;

    /**
     * No regression yet: all weights are 0.
     *
     * @param size number of regressors
     * @param memorySteps after so many pairs a pair counts 1/e of what it did
     */
    RecursiveLeastSquares(Memory memory, int size, double memorySteps) {
        this.size = size;
        this.discount = 1 - 1 / memorySteps;
        this.weights = memory.numbers(size);
        this.inverse = memory.numbers(size * size);
        this.error = memory.numbers(2);
        this.gain = new double[size];
    }

    /** w · x. */
    double predict(double[] x) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += weights[i] * x[i];
        }
        return sum;
    }

    /** Weight of a regressor. */
    double weight(int regressor) {
        return weights[regressor];
    }

    /** Takes in a pair; all numbers should be about 1 in size. */
    void learn(double[] x, double y) {
        if (error[1] == 0) {
            start();
        }
        double residual = y - predict(x);
        double bounded = bounded(residual);
        multiply(x);
        double denominator = discount;
        for (int i = 0; i < size; i++) {
            denominator += gain[i] * x[i];
        }
        // Positive by its definition; where rounding has left nothing of that, what was learned is worth nothing.
        if (!(denominator > 0 && denominator < Double.POSITIVE_INFINITY)) {
            forget();
            return;
        }
        // Where nothing new is seen, forgetting would blow the inverse up without end.
        double forgetting = Math.max(0, 1 - trace() * RIDGE / (2 * size));
        double grown = 1 / (1 - (1 - discount) * forgetting);
        for (int i = 0; i < size; i++) {
            weights[i] += gain[i] / denominator * bounded;
        }
        update(grown / denominator, grown);
    }

    /** The gain: inverse times x, row by row, which is as good as by columns since it is symmetric, and quicker. */
    private void multiply(double[] x) {
        Arrays.fill(gain, 0);
        for (int i = 0, at = 0; i < size; i++, at += size) {
            double factor = x[i];
            for (int j = 0; j < size; j++) {
                gain[j] += inverse[at + j] * factor;
            }
        }
    }

    /** Both factors of a product in either order are the same to the bit, so that it stays symmetric. */
    private void update(double share, double grown) {
        for (int i = 0, at = 0; i < size; i++, at += size) {
            double factor = gain[i];
            for (int j = 0; j < size; j++) {
                inverse[at + j] = inverse[at + j] * grown - factor * gain[j] * share;
            }
        }
    }

    private void forget() {
        Arrays.fill(weights, 0);
        Arrays.fill(error, 0);
    }

    private void start() {
        Arrays.fill(inverse, 0);
        for (int i = 0; i < size; i++) {
            inverse[i * size + i] = 1 / RIDGE;
        }
    }

    private double bounded(double residual) {
        double meanError = error[1] > size ? error[0] / error[1] : 0;
        double bound = meanError > LEAST_ERROR ? BOUND * meanError : Double.POSITIVE_INFINITY;
        error[0] = discount * error[0] + Math.abs(residual);
        error[1] = discount * error[1] + 1;
        return Math.max(-bound, Math.min(bound, residual));
    }

    private double trace() {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += inverse[i * size + i];
        }
        return sum;
    }
}
