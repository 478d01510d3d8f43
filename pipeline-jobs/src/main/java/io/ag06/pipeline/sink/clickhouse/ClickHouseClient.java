package io.ag06.pipeline.sink.clickhouse;

import io.ag06.sql.Table;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What the sink asks of ClickHouse. Calls block, end when the thread is interrupted, and never retry by themselves. */
public interface ClickHouseClient extends AutoCloseable {
    /**
     * Opens a session. It ends with the life of the server: one that was killed and started again does not know it.
     *
     * @return the session's name
     */
    String openSession() throws InsertFailure, InterruptedException;

    /**
     * Ends a session; returns when no insert can be carried out in it any more.
     *
     * @throws InsertFailure.Transient while one is being carried out
     */
    void endSession(String session) throws InsertFailure, InterruptedException;

    /**
     * Stores a block as one part.
     *
     * @param body the block's rows; read to its end, and closed by the caller
     * @param token the server stores nothing, and says that it did, where it remembers this token for the table
     * @param session under which the insert is carried out, or not at all; empty to do without
     * @return whether the server knows the session; if not, nothing was stored
     */
    boolean insert(Block block, InputStream body, String token, Optional<String> session)
            throws InsertFailure, InterruptedException;

    /**
     * Whether any row of the block is in the table, which means that all are.
     *
     * @param partitionDay the partition to look in, or empty to look in all
     */
    boolean isStored(Table table, long name, OptionalInt partitionDay) throws InsertFailure, InterruptedException;

    /**
     * Whether the table holds rows that come from there in Kafka, or from later in that partition.
     *
     * @param exceptBlocks names of blocks whose rows don't count
     */
    boolean holdsRowsFrom(Table table, Origin from, Set<Long> exceptBlocks) throws InsertFailure, InterruptedException;

    /** The server's time. */
    Instant now() throws InsertFailure, InterruptedException;

    /**
     * Deletes the rows that begin there in Kafka, or later in that partition; returns when they are gone.
     *
     * @param exceptBlocks names of blocks whose rows stay
     * @param storedBefore by the server's time; what was stored later stays
     */
    void deleteFrom(Table table, Origin from, Set<Long> exceptBlocks, Instant storedBefore)
            throws InsertFailure, InterruptedException;

    /** What the server remembers of the blocks of the table. */
    TokenMemory tokenMemory(Table table) throws InsertFailure, InterruptedException;

    /** Whether the table may by now have dropped rows of a partition for their age. */
    boolean mayHaveForgotten(Table table, int partitionDay) throws InsertFailure, InterruptedException;

    /** The table's columns, by name, with their types; empty where there is no such table. */
    Map<String, String> columnsOf(Table table) throws InsertFailure, InterruptedException;

    @Override
    void close();
}
