package io.ag06.pipeline.sink.clickhouse;

import io.ag06.pipeline.rowbinary.RowLayout;
import io.ag06.sql.Tables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Refuses to write columns that a table does not have: a job newer than its tables. It would find out at its first
 * block, which then waits in a checkpoint that an older job can't send either. The other way round is no trouble:
 * columns are named in every insert, so a table may have more of them than an older job knows.
 */
final class TableColumns {
    private TableColumns() {}

    /** Refuses a table that lacks columns of the layout, or the one that the sink fills. */
    static void check(ClickHouseClient client, Patience patience, RowLayout layout)
            throws InsertFailure, IOException, InterruptedException {
        String table = layout.table().name();
        Set<String> there = patience.until("columns of " + table, () -> client.columnsOf(layout.table()));
        List<String> lacking = new ArrayList<>(layout.columns());
        lacking.add(Tables.BLOCK_COLUMN);
        lacking.removeAll(there);
        if (!lacking.isEmpty()) {
            throw new InsertFailure.Fatal(
                    "%s has no column %s, which this job writes: the job is newer than the tables; run the migrations of its version (ag06 migrate)"
                            .formatted(table, String.join(", ", lacking)),
                    null);
        }
    }
}
