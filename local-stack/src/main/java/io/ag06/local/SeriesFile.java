package io.ag06.local;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The series of a file, in the order in which they begin. */
final class SeriesFile {
    private static final String HEADER = "series_id,step,value";
    /** Steps are further from the ends of what a long can count to than any horizon. */
    private static final long FURTHEST_STEP = 1_000_000_000_000_000_000L;

    private final Path path;
    private final CsvFile csv;
    private final Map<String, StoredSeries> series = new LinkedHashMap<>();
    private boolean lineForEach;

    private SeriesFile(Path path) {
        this.path = path;
        this.csv = new CsvFile(path, HEADER);
    }

    /**
     * Reads {@code series_id,step,value}; steps of a series ascend.
     *
     * @throws StackException if it can't be read, a line is wrong, or there is no value
     */
    static SeriesFile read(Path path) {
        var file = new SeriesFile(path);
        file.csv.read(file::addStep);
        return file.withValues();
    }

    /**
     * The same, or a file as the M4 competition's: a line for each series, its name first, then its values from step 1
     * on, under the header {@code V1,V2,…} or under none; names and values may be quoted, and those after the last one
     * are empty.
     *
     * @throws StackException if it can't be read, a line is wrong, or there is no value
     */
    static SeriesFile readEither(Path path) {
        var file = new SeriesFile(path);
        file.csv.readLines((number, text) -> {
            if (number == 1) {
                file.takeFirst(text);
            } else if (file.lineForEach) {
                file.addLine(cells(text));
            } else {
                file.addStep(file.csv.fields(text));
            }
        });
        return file.withValues();
    }

    private void takeFirst(String line) {
        if (csv.isHeader(line)) {
            return;
        }
        lineForEach = true;
        String[] cells = cells(line);
        if (isSeries(cells)) {
            addLine(cells);
        } else {
            CsvFile.require(
                    isNumbered(cells),
                    "the header must be %s, or V1,V2,... above a line for each series, not '%s'"
                            .formatted(HEADER, CsvFile.shown(line)));
        }
    }

    private static String[] cells(String line) {
        String[] cells = line.replace("\"", "").split(",");
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cells[i].strip();
        }
        return cells;
    }

    private static boolean isNumbered(String[] cells) {
        return IntStream.range(0, cells.length).allMatch(i -> cells[i].equals("V" + (i + 1)));
    }

    /** Whether a name is followed by nothing but numbers, one at least. */
    private static boolean isSeries(String[] cells) {
        return cells.length > 1
                && IntStream.range(1, cells.length).allMatch(i -> cells[i].isEmpty() || CsvFile.isNumber(cells[i]));
    }

    private void addStep(String[] fields) {
        long step = CsvFile.wholeNumber("step", fields[1], -FURTHEST_STEP, FURTHEST_STEP);
        String id = named(fields[0]);
        series.computeIfAbsent(id, StoredSeries::new).add(step, CsvFile.number("value", fields[2]));
    }

    private void addLine(String[] cells) {
        String id = named(cells.length == 0 ? "" : cells[0]);
        CsvFile.require(
                !series.containsKey(id),
                "series %s is there twice; without the header %s each line is a series".formatted(id, HEADER));
        var one = new StoredSeries(id);
        for (int step = 1; step < cells.length; step++) {
            one.add(step, CsvFile.number("value " + step, cells[step]));
        }
        series.put(id, one);
    }

    private static String named(String id) {
        CsvFile.require(!id.isEmpty(), "series_id must not be empty");
        return id;
    }

    private SeriesFile withValues() {
        if (measured().isEmpty()) {
            throw new StackException(path + " has no values");
        }
        return this;
    }

    /** Those that have a value. */
    List<StoredSeries> measured() {
        return series.values().stream().filter(StoredSeries::isMeasured).toList();
    }

    /** The names of those whose steps are all empty. */
    List<String> empty() {
        return series.values().stream()
                .filter(one -> !one.isMeasured())
                .map(StoredSeries::id)
                .toList();
    }

    /** The names of all. */
    Set<String> ids() {
        return series.keySet();
    }

    /** The series of that name, whether it has values or not. */
    Optional<StoredSeries> named(StoredSeries other) {
        return Optional.ofNullable(series.get(other.id()));
    }

    /** Whether it has a line for each series, whose steps always count from 1. */
    boolean hasLineForEach() {
        return lineForEach;
    }

    Path path() {
        return path;
    }
}
