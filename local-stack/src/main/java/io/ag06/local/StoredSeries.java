package io.ag06.local;

import io.ag06.analytics.scaling.forecast.ForecastSettings;
import io.ag06.analytics.scaling.forecast.Forecaster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A series from a file: values at steps that follow each other, NaN where a step is missing or empty. */
final class StoredSeries {
    private static final String HEADER = "series_id,step,value";
    /** A jump further than that is no gap but a mistake. */
    private static final long LONGEST_GAP = 1_000_000;

    private final String id;
    private final List<Double> values = new ArrayList<>();
    private long lastStep;

    private StoredSeries(String id) {
        this.id = id;
    }

    /**
     * All series of a file, in the order in which they begin.
     *
     * @throws StackException if it can't be read, a line is wrong, or there is no value
     */
    static List<StoredSeries> read(Path file) {
        Map<String, StoredSeries> series = new LinkedHashMap<>();
        new CsvFile(file, HEADER).read(fields -> {
            long step = CsvFile.wholeNumber("step", fields[1]);
            named(fields[0], series).add(step, CsvFile.number("value", fields[2]));
        });
        return measured(file, series);
    }

    /**
     * The same, or where the header is another one, as the M4 competition's files: a line for each series, its name
     * first, then its values from step 1 on; names and values may be quoted, and those after the last one are empty.
     *
     * @throws StackException if it can't be read, a line is wrong, or there is no value
     */
    static List<StoredSeries> readEither(Path file) {
        Map<String, StoredSeries> series = new LinkedHashMap<>();
        boolean[] wide = new boolean[1];
        new CsvFile(file, HEADER).readLines((number, text) -> {
            if (number == 1) {
                wide[0] = !text.equals(HEADER);
            } else if (wide[0]) {
                addLine(text.replace("\"", "").split(","), series);
            }
        });
        return wide[0] ? measured(file, series) : read(file);
    }

    private static void addLine(String[] fields, Map<String, StoredSeries> series) {
        StoredSeries one = named(fields[0], series);
        for (int step = 1; step < fields.length; step++) {
            one.add(step, CsvFile.number("value " + step, fields[step]));
        }
    }

    private static StoredSeries named(String name, Map<String, StoredSeries> series) {
        String id = name.strip();
        CsvFile.require(!id.isEmpty(), "series_id must not be empty");
        return series.computeIfAbsent(id, StoredSeries::new);
    }

    private static List<StoredSeries> measured(Path file, Map<String, StoredSeries> series) {
        List<StoredSeries> measured = series.values().stream()
                .filter(one -> one.values.stream().anyMatch(value -> !value.isNaN()))
                .toList();
        if (measured.isEmpty()) {
            throw new StackException(file + " has no values; there is nothing to forecast");
        }
        return measured;
    }

    private void add(long step, double value) {
        if (!values.isEmpty()) {
            CsvFile.require(step > lastStep, "step %d of %s does not follow step %d".formatted(step, id, lastStep));
            CsvFile.require(
                    step - lastStep <= LONGEST_GAP,
                    "step %d of %s is too far from step %d".formatted(step, id, lastStep));
            for (long missing = lastStep + 1; missing < step; missing++) {
                values.add(Double.NaN);
            }
        }
        values.add(value);
        lastStep = step;
    }

    String id() {
        return id;
    }

    /** Its values, NaN for gaps. */
    double[] values() {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    long lastStep() {
        return lastStep;
    }

    /** A forecaster that has seen it. */
    Forecaster forecaster(ForecastSettings settings) {
        var forecaster = new Forecaster(settings);
        values.forEach(forecaster::observe);
        return forecaster;
    }
}
