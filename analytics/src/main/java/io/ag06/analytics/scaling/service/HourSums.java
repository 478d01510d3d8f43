package io.ag06.analytics.scaling.service;

import io.ag06.analytics.scaling.memory.Memory;

/**
 * The load of the hour that runs, and of the one before, from that of their minutes. An hour of which less than half
 * was measured has no value; else what was not measured counts as the mean of what was.
 */
final class HourSums {
    private static final int MINUTES = 60;
    private static final int SUM = 0;
    private static final int MEASURED = 1;

    private final Memory memory = new Memory();
    private final double[] running = memory.numbers(2);
    private final double[] last = memory.numbers(2);

    double[] save() {
        return memory.save();
    }

    void restore(double[] saved) {
        memory.restore(saved);
    }

    /** Adds a minute's load to the hour that runs; NaN where it was not measured. */
    void add(double load) {
        if (Double.isFinite(load)) {
            running[SUM] += load;
            running[MEASURED]++;
        }
    }

    /** Ends the hour that runs; answers its value, NaN where it has none. */
    double end() {
        System.arraycopy(running, 0, last, 0, running.length);
        running[SUM] = 0;
        running[MEASURED] = 0;
        return value(last);
    }

    /** Corrects a minute of the hour that runs. */
    void correctRunning(double before, double after) {
        correct(running, before, after);
    }

    /** Corrects a minute of the hour before; answers that hour's value. */
    double correctLast(double before, double after) {
        correct(last, before, after);
        return value(last);
    }

    private static void correct(double[] hour, double before, double after) {
        if (Double.isFinite(before)) {
            hour[SUM] -= before;
        } else {
            hour[MEASURED]++;
        }
        hour[SUM] += after;
    }

    private static double value(double[] hour) {
        return 2 * hour[MEASURED] < MINUTES ? Double.NaN : hour[SUM] * MINUTES / hour[MEASURED];
    }
}
