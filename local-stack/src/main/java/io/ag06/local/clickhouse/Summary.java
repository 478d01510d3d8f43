package io.ag06.local.clickhouse;

/**
 * What a statement read and wrote, for the header {@code X-ClickHouse-Summary}. Written rows count those of
 * materialized views too, as on a server.
 *
 * @param elapsedNanos the engine's own time
 */
record Summary(
        long readRows,
        long readBytes,
        long writtenRows,
        long writtenBytes,
        long resultRows,
        long resultBytes,
        long elapsedNanos) {
    static final Summary NOTHING = new Summary(0, 0, 0, 0, 0, 0, 0);

    /** What two chunks of one result make together. The engine's counts grow over a stream, except the result's. */
    Summary and(Summary later) {
        return new Summary(
                Math.max(readRows, later.readRows),
                Math.max(readBytes, later.readBytes),
                Math.max(writtenRows, later.writtenRows),
                Math.max(writtenBytes, later.writtenBytes),
                resultRows + later.resultRows,
                resultBytes + later.resultBytes,
                Math.max(elapsedNanos, later.elapsedNanos));
    }

    /** One flat JSON object; the numbers are quoted, as a server quotes them. */
    String json() {
        return ("{\"read_rows\":\"%d\",\"read_bytes\":\"%d\",\"written_rows\":\"%d\",\"written_bytes\":\"%d\","
                        + "\"total_rows_to_read\":\"0\",\"result_rows\":\"%d\",\"result_bytes\":\"%d\",\"elapsed_ns\":\"%d\"}")
                .formatted(readRows, readBytes, writtenRows, writtenBytes, resultRows, resultBytes, elapsedNanos);
    }
}
