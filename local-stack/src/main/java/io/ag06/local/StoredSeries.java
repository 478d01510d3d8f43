package io.ag06.local;

import io.ag06.analytics.scaling.forecast.ForecastSettings;
import io.ag06.analytics.scaling.forecast.Forecaster;
import java.util.Arrays;

/** A series from a file: values at steps that follow each other, NaN where a step is missing or empty. */
final class StoredSeries {
    /** A jump further than that is no gap but a mistake. */
    private static final long LONGEST_GAP = 1_000_000;

    private static final double LARGEST = 1e100;
    private static final int BEGIN = 64;

    private final String id;
    private double[] values = new double[BEGIN];
    private int size;
    private boolean measured;
    private long firstStep;
    private long lastStep;

    StoredSeries(String id) {
        this.id = id;
    }

    /**
     * Takes in the next value.
     *
     * @param value NaN where the step has none
     * @throws IllegalArgumentException if the step does not follow the last one
     */
    void add(long step, double value) {
        if (size == 0) {
            firstStep = step;
        } else if (step != lastStep + 1) {
            fillUpTo(step);
        }
        append(value);
        measured |= !Double.isNaN(value);
        lastStep = step;
    }

    private void fillUpTo(long step) {
        CsvFile.require(step != lastStep, "step %d of %s is there twice".formatted(step, id));
        CsvFile.require(
                step > lastStep,
                "step %d of %s comes after step %d; sort the lines of each series by step"
                        .formatted(step, id, lastStep));
        CsvFile.require(
                step - lastStep <= LONGEST_GAP,
                "step %d of %s is too far from step %d; steps count up by one".formatted(step, id, lastStep));
        for (long missing = lastStep + 1; missing < step; missing++) {
            append(Double.NaN);
        }
    }

    private void append(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    String id() {
        return id;
    }

    /** Its values, NaN for gaps. */
    double[] values() {
        return Arrays.copyOf(values, size);
    }

    /** How many steps it has, gaps included. */
    int size() {
        return size;
    }

    /** Whether any step has a value. */
    boolean isMeasured() {
        return measured;
    }

    /** Whether squares and sums of its values may be beyond what a double can hold. */
    boolean isTooLarge() {
        return Arrays.stream(values, 0, size).anyMatch(value -> Math.abs(value) > LARGEST);
    }

    long firstStep() {
        return firstStep;
    }

    long lastStep() {
        return lastStep;
    }

    /** A forecaster that has seen it. */
    Forecaster forecaster(ForecastSettings settings) {
        var forecaster = new Forecaster(settings);
        for (int i = 0; i < size; i++) {
            forecaster.observe(values[i]);
        }
        return forecaster;
    }
}
