package io.ag06.analytics.scaling.forecast;

import io.ag06.analytics.scaling.memory.History;
import io.ag06.analytics.scaling.memory.Memory;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The scale that some methods of the league work on: the values as they are, or their logarithms, on which what
 * multiplies adds (a Box-Cox transformation with exponent 0: Box, Cox, J. R. Stat. Soc. B 26, 1964).
 *
 * <p>The logarithm is that of value + c, where c is a share of the mean of the first values, fixed once: so zeros have
 * one, and a series in other units has the same. A series with values below zero has no logarithms.
 */
final class Domain {
    private static final double SHARE_OF_MEAN = 0.05;
    /** A forecast of e^230, 10^100 times what values are measured in, says no less than a larger one. */
    private static final double LARGEST_EXPONENT = 230;

    private final boolean logarithmic;
    private final int start;
    private final double[] offset;
    private final History values;
    private final History transformed;
    private final List<Method> methods;

    /**
     * Prepares the methods.
     *
     * @param values the series as it is, whose values are added by the caller
     * @param transformed what the methods see
     * @param start how many values are looked at to choose an offset
     */
    private Domain(
            boolean logarithmic,
            Memory memory,
            History values,
            History transformed,
            int start,
            BiFunction<Memory, History, List<Method>> methods) {
        this.logarithmic = logarithmic;
        this.start = start;
        // The offset, or 0 before there is one; whether the domain is closed for good.
        this.offset = memory.numbers(2);
        this.values = values;
        this.transformed = transformed;
        this.methods = methods.apply(memory, transformed);
    }

    /** The values as they are. */
    static Domain plain(Memory memory, History values, BiFunction<Memory, History, List<Method>> methods) {
        return new Domain(false, memory, values, values, 0, methods);
    }

    /** Logarithms. */
    static Domain logarithms(
            Memory memory, History values, int length, int start, BiFunction<Memory, History, List<Method>> methods) {
        return new Domain(true, memory, values, new History(memory, length), start, methods);
    }

    List<Method> methods() {
        return methods;
    }

    /** Takes in the next value. The history of values does not hold it yet. */
    void observe(double value) {
        if (!logarithmic) {
            methods.forEach(method -> method.observe(value));
            return;
        }
        if (offset[1] == 0 && offset[0] > 0 && value + offset[0] <= 0) {
            offset[1] = 1;
        }
        if (offset[1] != 0) {
            return;
        }
        if (offset[0] == 0) {
            open(value);
        }
        if (offset[0] > 0) {
            take(value);
        }
    }

    private void take(double value) {
        double logarithm = Math.log(value + offset[0]);
        methods.forEach(method -> method.observe(logarithm));
        transformed.add(logarithm);
    }

    /** Chooses the offset when there is enough to look at that is not all 0, and takes in that much. */
    private void open(double value) {
        int before = start - 1;
        boolean stillZeros = value == 0 && values.size() > before;
        if (values.size() < before || stillZeros) {
            return;
        }
        double sum = value;
        double least = value;
        for (int ago = 1; ago <= before; ago++) {
            sum += values.ago(ago);
            least = Math.min(least, values.ago(ago));
        }
        if (least < 0) {
            offset[1] = 1;
        } else if (sum > 0) {
            offset[0] = SHARE_OF_MEAN * sum / start;
            for (int ago = before; ago >= 1; ago--) {
                take(values.ago(ago));
            }
        }
    }

    /** Forecasts of a method on the series' own scale; NaN throughout where it has none, or one that is no number. */
    void forecast(Method method, double[] into) {
        if (offset[1] != 0 || !method.isReady()) {
            Arrays.fill(into, Double.NaN);
            return;
        }
        method.forecast(into);
        if (logarithmic) {
            for (int step = 0; step < into.length; step++) {
                into[step] = Math.exp(Math.min(LARGEST_EXPONENT, into[step])) - offset[0];
            }
        }
        if (!Arrays.stream(into).allMatch(Double::isFinite)) {
            Arrays.fill(into, Double.NaN);
        }
    }
}
