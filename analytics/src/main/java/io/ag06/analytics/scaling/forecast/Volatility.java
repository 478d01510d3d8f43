package io.ag06.analytics.scaling.forecast;

import io.ag06.analytics.scaling.memory.Memory;

/**
 * How large the forecast's errors have been of late, at each phase of the shortest season: nights may be calm and
 * evenings wild.
 */
final class Volatility {
    private static final double PHASE_DISCOUNT = 0.98;
    private static final double OVERALL_DISCOUNT = 0.999;
    private static final double SHARE_OF_PHASE = 0.7;
    /** Where all was forecast without error so far, an error to come is measured by this share of the series' size. */
    private static final double LEAST_SHARE_OF_SIZE = 1e-3;

    private final double[] errors;
    private final double[] counts;
    private final double[] overall;
    private final double[] size;

    /** No errors yet. */
    Volatility(Memory memory, int season) {
        this.errors = memory.numbers(season);
        this.counts = memory.numbers(season);
        this.overall = memory.numbers(2);
        this.size = memory.numbers(2);
    }

    /** Takes in a value of the series. */
    void observe(double value) {
        size[0] = OVERALL_DISCOUNT * size[0] + Math.abs(value);
        size[1] = OVERALL_DISCOUNT * size[1] + 1;
    }

    /** Takes in an error of a forecast for a step. */
    void book(long step, double error) {
        int phase = phase(step);
        errors[phase] = PHASE_DISCOUNT * errors[phase] + Math.abs(error);
        counts[phase] = PHASE_DISCOUNT * counts[phase] + 1;
        overall[0] = OVERALL_DISCOUNT * overall[0] + Math.abs(error);
        overall[1] = OVERALL_DISCOUNT * overall[1] + 1;
    }

    private int phase(long step) {
        return (int) (step % errors.length);
    }

    /** Mean size of the series' values of late. */
    double size() {
        return size[1] > 0 ? size[0] / size[1] : 0;
    }

    /** Whether a whole season of errors is known. */
    boolean isKnown() {
        return overall[1] >= Math.min(3 * errors.length, 0.5 / (1 - OVERALL_DISCOUNT));
    }

    /** Expected size of an error at a step: of its phase and the two beside it, and of all. */
    double at(long step) {
        double mean = overall[1] > 0 ? overall[0] / overall[1] : 0;
        int phase = phase(step);
        int before = phase == 0 ? errors.length - 1 : phase - 1;
        int after = phase + 1 == errors.length ? 0 : phase + 1;
        double near = errors[before] + 2 * errors[phase] + errors[after] + 2 * mean;
        double nearCount = counts[before] + 2 * counts[phase] + counts[after] + 2;
        return SHARE_OF_PHASE * near / nearCount + (1 - SHARE_OF_PHASE) * mean + LEAST_SHARE_OF_SIZE * size();
    }
}
