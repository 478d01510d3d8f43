package io.ag06.pipeline.sink.clickhouse;

import io.ag06.pipeline.rowbinary.EncodedRow;
import io.ag06.sql.Table;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses to write what a table already holds. Blocks are sent only after their checkpoint, so a job that starts from
 * its newest checkpoint never meets a table that is ahead of it; one that starts from an older checkpoint, or from
 * none, does, and would store everything a second time.
 *
 * <p>The first row of each table and Kafka partition is held against the table; after that the guard costs one set
 * look-up a row. So is each block of the checkpoint that is not in its table.
 */
final class StartGuard {
    private static final Logger LOG = LoggerFactory.getLogger(StartGuard.class);

    private final ClickHouseClient client;
    private final Patience patience;
    private final boolean replace;
    private final Set<Stretch> known = new HashSet<>();
    private Stretch last = new Stretch("", "", -1);

    /** @param replace whether rows at or after the start position are deleted instead */
    StartGuard(ClickHouseClient client, Patience patience, boolean replace) {
        this.client = client;
        this.patience = patience;
        this.replace = replace;
    }

    /** Checks a row before it is written. */
    void check(EncodedRow row, Table table) throws InsertFailure, IOException, InterruptedException {
        if (last.covers(row)) {
            return;
        }
        last = new Stretch(row.table(), row.kafkaTopic(), row.kafkaPartition());
        if (table.offsets().known() && known.add(last)) {
            check(table, new Origin(row.kafkaTopic(), row.kafkaPartition(), row.offsetFirst()), Set.of());
        }
    }

    /**
     * Checks a block of the checkpoint that the job starts from, which is not in its table. Its rows may be, in other
     * blocks: where a job has read the same records after that checkpoint, in a run that did not come from it.
     *
     * @param ofTheCheckpoint names of all blocks of the checkpoint, those of other tasks too
     */
    void checkRestored(Block block, Set<Long> ofTheCheckpoint) throws InsertFailure, IOException, InterruptedException {
        for (Origin origin : block.origins()) {
            check(block.layout().table(), origin, ofTheCheckpoint);
        }
    }

    private void check(Table table, Origin start, Set<Long> own)
            throws InsertFailure, IOException, InterruptedException {
        if (!isAhead(table, start, own)) {
            return;
        }
        if (!replace) {
            throw refusal(
                    ("This job starts from %s, but %s already holds rows from there on and would hold them twice. Start"
                                    + " it from its newest checkpoint, or with --replace-from, which deletes those rows"
                                    + " first.")
                            .formatted(start, table.name()));
        }
        delete(table, start, own);
        if (isAhead(table, start, own)) {
            throw refusal(
                    ("This job starts from %s, but %s holds rows that begin before that and end after it; they can't be"
                                    + " divided. Start it from a checkpoint of its own, or from further back.")
                            .formatted(start, table.name()));
        }
    }

    private void delete(Table table, Origin start, Set<Long> own)
            throws InsertFailure, IOException, InterruptedException {
        LOG.warn("Deleting the rows of {} from {} on", table.name(), start);
        // A task that was given up may come to this late, and must not touch what its successor has stored.
        Instant now = patience.until("the server's time", client::now);
        patience.until("delete from " + table.name(), () -> {
            client.deleteFrom(table, start, own, now);
            return true;
        });
    }

    /** For good: a restart would meet the same rows. */
    private static SuppressRestartsException refusal(String message) {
        return new SuppressRestartsException(new IllegalStateException(message));
    }

    private boolean isAhead(Table table, Origin start, Set<Long> own)
            throws InsertFailure, IOException, InterruptedException {
        return patience.until("start position of " + table.name(), () -> client.holdsRowsFrom(table, start, own));
    }

    private record Stretch(String table, String topic, int partition) {
        @SuppressWarnings(
                "ReferenceEquality") // Names of one table or topic are one object nearly always; a miss costs a
        // look-up.
        boolean covers(EncodedRow row) {
            return partition == row.kafkaPartition() && table == row.table() && topic == row.kafkaTopic();
        }
    }
}
