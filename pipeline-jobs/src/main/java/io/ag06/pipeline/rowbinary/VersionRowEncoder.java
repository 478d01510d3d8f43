package io.ag06.pipeline.rowbinary;

import io.ag06.sql.Table;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes rows of several tables of versions. An element is a record whose components are rows, of one table each and in
 * the order of the tables, of which exactly one is there; a row's components are its table's columns
 * ({@link RecordColumns}). Such rows were computed, from any number of records: they say nothing of Kafka, and the sink
 * does not ask (docs/exactly-once.md, "Tables of versions").
 */
public final class VersionRowEncoder<T extends Record> implements RowEncoder<T> {
    private final Class<T> type;
    private final List<Table> tables;
    private transient Parts parts;

    /**
     * For elements of a type.
     *
     * @param tables one for each component of it
     */
    public VersionRowEncoder(Class<T> type, List<Table> tables) {
        this.type = type;
        this.tables = List.copyOf(tables);
        this.parts = new Parts(type, tables);
    }

    @Override
    public List<RowLayout> layouts() {
        List<RowLayout> layouts = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            layouts.add(new RowLayout(tables.get(i), RecordColumns.namesOf(Parts.typeOf(type, i))));
        }
        return layouts;
    }

    @Override
    public Map<String, ColumnType> typesOf(Table table) {
        int index = tables.indexOf(table);
        return index < 0 ? Map.of() : RecordColumns.typesOf(Parts.typeOf(type, index));
    }

    @Override
    public EncodedRow encode(T element) {
        if (parts == null) { // Just deserialised on a task manager.
            parts = new Parts(type, tables);
        }
        return parts.encode(element);
    }

    /** The components of the element: how each is found, and how it is written. */
    private static final class Parts {
        private final RecordColumns ofElement;
        private final List<Table> tables;
        private final List<RecordColumns> columns = new ArrayList<>();
        private final int[] partitionDays;

        private Parts(Class<? extends Record> type, List<Table> tables) {
            this.ofElement = new RecordColumns(type);
            this.tables = tables;
            this.partitionDays = new int[tables.size()];
            for (int i = 0; i < partitionDays.length; i++) {
                columns.add(new RecordColumns(typeOf(type, i)));
                partitionDays[i] = columns.get(i).indexOf(tables.get(i).partitionColumn());
            }
        }

        private static Class<? extends Record> typeOf(Class<? extends Record> type, int index) {
            RecordComponent component = type.getRecordComponents()[index];
            return component.getType().asSubclass(Record.class);
        }

        EncodedRow encode(Record element) {
            Object[] rows = ofElement.valuesOf(element);
            for (int i = 0; i < rows.length; i++) {
                if (rows[i] != null) {
                    Object[] values = columns.get(i).valuesOf((Record) rows[i]);
                    return new EncodedRow(
                            tables.get(i).name(),
                            RecordColumns.dayOf(values[partitionDays[i]]),
                            "",
                            0,
                            0,
                            0,
                            columns.get(i).encode(values));
                }
            }
            throw new IllegalArgumentException("An element without a row: " + element);
        }
    }
}
