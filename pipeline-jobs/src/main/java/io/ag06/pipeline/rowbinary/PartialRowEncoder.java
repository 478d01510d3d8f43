package io.ag06.pipeline.rowbinary;

import io.ag06.sql.Table;
import java.util.List;
import java.util.Map;

/**
 * Writes records whose components are a table's columns ({@link RecordColumns}), of a table of partial aggregates: the
 * record must have the components {@code kafkaTopic}, {@code kafkaPartition}, {@code offsetFirst} and
 * {@code offsetLast}, and the table's partition column.
 */
public final class PartialRowEncoder<R extends Record> implements RowEncoder<R> {
    private final Class<R> type;
    private final Table table;
    private transient Accessors accessors;

    public PartialRowEncoder(Class<R> type, Table table) {
        this.type = type;
        this.table = table;
        this.accessors = new Accessors(type, table.partitionColumn());
    }

    @Override
    public List<RowLayout> layouts() {
        return List.of(new RowLayout(table, columnsOf(type)));
    }

    @Override
    public Map<String, ColumnType> typesOf(Table asked) {
        return asked.equals(table) ? RecordColumns.typesOf(type) : Map.of();
    }

    @Override
    public EncodedRow encode(R row) {
        if (accessors == null) { // Just deserialised on a task manager.
            accessors = new Accessors(type, table.partitionColumn());
        }
        return accessors.encode(table.name(), row);
    }

    /** The columns that a row record stands for, in order. */
    public static List<String> columnsOf(Class<? extends Record> type) {
        return RecordColumns.namesOf(type);
    }

    /** Where in a record the values are that say what it covers. */
    private static final class Accessors {
        private final RecordColumns columns;
        private final int partitionDay;
        private final int kafkaTopic;
        private final int kafkaPartition;
        private final int offsetFirst;
        private final int offsetLast;

        private Accessors(Class<? extends Record> type, String partitionColumn) {
            columns = new RecordColumns(type);
            partitionDay = columns.indexOf(partitionColumn);
            kafkaTopic = columns.indexOf("kafka_topic");
            kafkaPartition = columns.indexOf("kafka_partition");
            offsetFirst = columns.indexOf("offset_first");
            offsetLast = columns.indexOf("offset_last");
        }

        EncodedRow encode(String table, Record row) {
            Object[] values = columns.valuesOf(row);
            return new EncodedRow(
                    table,
                    RecordColumns.dayOf(values[partitionDay]),
                    (String) values[kafkaTopic],
                    (int) values[kafkaPartition],
                    (long) values[offsetFirst],
                    (long) values[offsetLast],
                    columns.encode(values));
        }
    }
}
