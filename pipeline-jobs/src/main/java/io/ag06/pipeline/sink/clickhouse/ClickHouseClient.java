package io.ag06.pipeline.sink.clickhouse;

import io.ag06.sql.Table;
import java.io.InputStream;
import java.util.OptionalInt;
import java.util.Set;

/** What the sink asks of ClickHouse. Calls block, end when the thread is interrupted, and never retry by themselves. */
public interface ClickHouseClient extends AutoCloseable {
    /**
     * Stores a block as one part, under its name as deduplication token.
     *
     * @param body the block's rows; read to its end, and closed by the caller
     */
    void insert(Block block, InputStream body) throws InsertFailure, InterruptedException;

    /**
     * Whether any row of the block is in the table, which means that all are.
     *
     * @param partitionDay the partition to look in, or empty to look in all
     */
    boolean isStored(Table table, long name, OptionalInt partitionDay) throws InsertFailure, InterruptedException;

    /** Whether the table holds rows of the Kafka partition at or after the offset. */
    boolean holdsOffsetsFrom(Table table, String topic, int partition, long offset)
            throws InsertFailure, InterruptedException;

    /** Deletes the rows of the Kafka partition that begin at or after the offset; returns when they are gone. */
    void deleteFrom(Table table, String topic, int partition, long offset) throws InsertFailure, InterruptedException;

    /** How many blocks the server remembers by token for the table; 0 where it remembers none. */
    long deduplicationWindow(Table table) throws InsertFailure, InterruptedException;

    /** The names of the table's columns; empty where there is no such table. */
    Set<String> columnsOf(Table table) throws InsertFailure, InterruptedException;

    @Override
    void close();
}
