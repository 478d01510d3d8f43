package io.ag06.pipeline.rowbinary;

import io.ag06.sql.Table;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/** Turns the elements of a stream into rows of tables. One encoder is used by one thread. */
public interface RowEncoder<T> extends Serializable {
    /** The tables that rows may go to, with the columns they hold there. */
    List<RowLayout> layouts();

    /** By column, the types that one of these tables may have there for its rows to be read as written. */
    default Map<String, ColumnType> typesOf(Table table) {
        return Map.of();
    }

    /** The element as a row. */
    EncodedRow encode(T element);

    /** For a stream whose elements are rows already. */
    static RowEncoder<EncodedRow> ofEncodedRows(List<RowLayout> layouts) {
        return ofEncodedRows(layouts, Map.of());
    }

    /**
     * The same.
     *
     * @param types by table and column, where they are known
     */
    static RowEncoder<EncodedRow> ofEncodedRows(List<RowLayout> layouts, Map<String, Map<String, ColumnType>> types) {
        return new AlreadyEncoded(List.copyOf(layouts), Map.copyOf(types));
    }

    /** Hands rows on as they are. */
    record AlreadyEncoded(List<RowLayout> layouts, Map<String, Map<String, ColumnType>> types)
            implements RowEncoder<EncodedRow> {
        @Override
        public Map<String, ColumnType> typesOf(Table table) {
            return types.getOrDefault(table.name(), Map.of());
        }

        @Override
        public EncodedRow encode(EncodedRow element) {
            return element;
        }
    }
}
