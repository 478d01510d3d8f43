package io.ag06.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A load from a file: one value for each minute, NaN where a minute is missing or empty. */
final class RecordedLoad {
    private static final String HEADER = "minute,load";
    /** A jump further than that, a year, is no gap but a mistake. */
    private static final long LONGEST_GAP = 366 * 1440L;

    private final List<Double> values = new ArrayList<>();
    private long lastMinute;

    private RecordedLoad() {}

    /**
     * Reads a file.
     *
     * @param file CSV {@code minute,load}, plain or {@code .gz}; minutes ascend
     * @throws StackException if it can't be read, or a line is wrong
     */
    static double[] read(Path file) {
        var load = new RecordedLoad();
        new CsvFile(file, HEADER)
                .read(fields -> load.add(CsvFile.wholeNumber("minute", fields[0]), CsvFile.number("load", fields[1])));
        if (load.values.stream().allMatch(value -> value.isNaN())) {
            throw new StackException(file + " has no loads; there is nothing to replay");
        }
        return load.values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private void add(long minute, double value) {
        CsvFile.require(!(value < 0), "load must be 0 or more, not " + value);
        if (!values.isEmpty()) {
            CsvFile.require(minute > lastMinute, "minute %d does not follow minute %d".formatted(minute, lastMinute));
            CsvFile.require(
                    minute - lastMinute <= LONGEST_GAP,
                    "minute %d is too far from minute %d".formatted(minute, lastMinute));
            for (long missing = lastMinute + 1; missing < minute; missing++) {
                values.add(Double.NaN);
            }
        }
        values.add(value);
        lastMinute = minute;
    }
}
