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

    /** All series of a file, in the order in which they begin. */
    static List<StoredSeries> read(Path file) {
        Map<String, StoredSeries> series = new LinkedHashMap<>();
        new CsvFile(file, HEADER).read(fields -> {
            String id = fields[0].strip();
            CsvFile.require(!id.isEmpty(), "series_id must not be empty");
            long step = CsvFile.wholeNumber("step", fields[1]);
            series.computeIfAbsent(id, StoredSeries::new).add(step, CsvFile.number("value", fields[2]));
        });
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
