package io.ag06.pipeline.rowbinary;

import static java.util.Objects.requireNonNull;

import io.ag06.sql.Table;
import java.io.Serializable;
import java.util.List;

/**
 * Which columns of a table a row's bytes hold, and in which order. Columns are named in every insert, so that a table
 * may gain columns while jobs that do not know them keep writing.
 *
 * @param table the table
 * @param columns the columns, without those that the sink or the server fills
 */
public record RowLayout(Table table, List<String> columns) implements Serializable {
    public RowLayout {
        requireNonNull(table, "table");
        columns = List.copyOf(columns);
    }
}
