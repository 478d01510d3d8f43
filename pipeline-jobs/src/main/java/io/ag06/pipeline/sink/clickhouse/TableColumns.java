package io.ag06.pipeline.sink.clickhouse;

import io.ag06.pipeline.rowbinary.ColumnType;
import io.ag06.pipeline.rowbinary.RowLayout;
import io.ag06.sql.Tables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Refuses to write columns that a table does not have: a job newer than its tables. It would find out at its first
 * block, which then waits in a checkpoint that an older job can't send either. The other way round is no trouble:
 * columns are named in every insert, so a table may have more of them than an older job knows.
 *
 * <p>And refuses columns of another type than is written: bytes say nothing of their type, so a server would store
 * other values, and that all is well.
 */
final class TableColumns {
    private static final ColumnType OF_BLOCK_COLUMN = ColumnType.anyOf("UInt64");

    private TableColumns() {}

    /**
     * Refuses a table that lacks columns of the layout, or the one that the sink fills, or has others in their place.
     *
     * @param types by column, where they are known
     */
    static void check(ClickHouseClient client, Patience patience, RowLayout layout, Map<String, ColumnType> types)
            throws InsertFailure, IOException, InterruptedException {
        String table = layout.table().name();
        Map<String, String> there = patience.until("columns of " + table, () -> client.columnsOf(layout.table()));
        List<String> lacking = new ArrayList<>(layout.columns());
        lacking.add(Tables.BLOCK_COLUMN);
        lacking.removeAll(there.keySet());
        if (!lacking.isEmpty()) {
            throw new InsertFailure.Fatal(
                    "%s has no column %s, which this job writes: the job is newer than the tables; run the migrations of its version (ag06 migrate)"
                            .formatted(table, String.join(", ", lacking)),
                    null);
        }
        for (String column : layout.columns()) {
            ColumnType written = types.get(column);
            if (written != null) {
                check(table, column, written, there.get(column));
            }
        }
        check(table, Tables.BLOCK_COLUMN, OF_BLOCK_COLUMN, there.get(Tables.BLOCK_COLUMN));
    }

    private static void check(String table, String column, ColumnType written, String there)
            throws InsertFailure.Fatal {
        if (!written.accepts(there)) {
            throw new InsertFailure.Fatal(
                    "%s.%s is %s, and this job writes %s, which would be read as other values: the table is not as the migrations of its version make it"
                            .formatted(table, column, there, written),
                    null);
        }
    }
}
