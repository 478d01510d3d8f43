package io.ag06.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A load from a file: one value for each minute, NaN where a minute is missing or empty. */
final class RecordedLoad {
    private static final String HEADER = "minute,load";
    /** A jump further than that, a year, is no gap but a mistake. */
    private static final long LONGEST_GAP = 366 * 1440L;

    /** Minutes are further from the ends of what a long can count to than any file is long. */
    private static final long FURTHEST_MINUTE = 1_000_000_000_000_000_000L;
    /** Squares and sums of loads can still be computed with. */
    private static final double HIGHEST_LOAD = 1e100;

    private final List<Double> values = new ArrayList<>();
    private long lastMinute;

    private RecordedLoad() {}

    /**
     * Reads a file.
     *
     * @param file CSV {@code minute,load}, plain or {@code .gz}; minutes ascend
     * @throws StackException if it can't be read, or a line is wrong
     */
    static RecordedLoad read(Path file) {
        var load = new RecordedLoad();
        new CsvFile(file, HEADER)
                .read(fields -> load.add(
                        CsvFile.wholeNumber("minute", fields[0], -FURTHEST_MINUTE, FURTHEST_MINUTE),
                        CsvFile.number("load", fields[1])));
        if (load.gaps(0, load.size()) == load.size()) {
            throw new StackException(file + " has no loads; there is nothing to replay");
        }
        return load;
    }

    private void add(long minute, double value) {
        CsvFile.require(!(value < 0), "load must be 0 or more, not " + value);
        CsvFile.require(!(value > HIGHEST_LOAD), "load is too large: " + value);
        if (!values.isEmpty() && minute != lastMinute + 1) {
            CsvFile.require(minute != lastMinute, "minute %d is there twice".formatted(minute));
            CsvFile.require(
                    minute > lastMinute,
                    "minute %d comes after minute %d; sort the lines by minute".formatted(minute, lastMinute));
            CsvFile.require(
                    minute - lastMinute <= LONGEST_GAP,
                    "minute %d is too far from minute %d; minutes count up by one".formatted(minute, lastMinute));
            for (long missing = lastMinute + 1; missing < minute; missing++) {
                values.add(Double.NaN);
            }
        }
        values.add(value);
        lastMinute = minute;
    }

    /** The load of each minute, NaN where it was not measured. */
    double[] values() {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** How many minutes there are, gaps included. */
    int size() {
        return values.size();
    }

    /** The minute, as the file counts, of the value at an index. */
    long minuteOf(int index) {
        return lastMinute - (values.size() - 1) + index;
    }

    /** How many of the minutes from an index on, up to another, were not measured. */
    int gaps(int from, int to) {
        return (int)
                values.subList(from, to).stream().filter(value -> value.isNaN()).count();
    }
}
