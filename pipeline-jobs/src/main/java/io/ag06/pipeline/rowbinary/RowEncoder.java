package io.ag06.pipeline.rowbinary;

import java.io.Serializable;
import java.util.List;

/** Turns the elements of a stream into rows of tables. One encoder is used by one thread. */
public interface RowEncoder<T> extends Serializable {
    /** The tables that rows may go to, with the columns they hold there. */
    List<RowLayout> layouts();

    /** The element as a row. */
    EncodedRow encode(T element);

    /** For a stream whose elements are rows already. */
    static RowEncoder<EncodedRow> ofEncodedRows(List<RowLayout> layouts) {
        return new AlreadyEncoded(List.copyOf(layouts));
    }

    /** Hands rows on as they are. */
    record AlreadyEncoded(List<RowLayout> layouts) implements RowEncoder<EncodedRow> {
        @Override
        public EncodedRow encode(EncodedRow element) {
            return element;
        }
    }
}
