package io.ag06.analytics.scaling.decision;

import io.ag06.analytics.scaling.memory.Memory;
import java.util.Arrays;

/** The highest load of the last four weeks. */
final class PeakLoad {
    private static final int MINUTES_OF_DAY = 1440;
    private static final int DAYS = 28;

    private final double[] peaks;

    PeakLoad(Memory memory) {
        this.peaks = memory.numbers(DAYS);
    }

    /**
     * Takes in a minute.
     *
     * @param minute counted from 0, one after the other
     * @param load NaN where it was not measured
     */
    void observe(long minute, double load) {
        int day = (int) (minute / MINUTES_OF_DAY % DAYS);
        double before = minute % MINUTES_OF_DAY == 0 ? 0 : peaks[day];
        peaks[day] = load > before ? load : before;
    }

    /** The load of a minute of the last days turns out to have been higher. */
    void correct(long minute, double load) {
        int day = (int) (minute / MINUTES_OF_DAY % DAYS);
        peaks[day] = Math.max(peaks[day], load);
    }

    /** The highest load; 0 where none is known. */
    double load() {
        return Arrays.stream(peaks).max().getAsDouble();
    }
}
