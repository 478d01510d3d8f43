package io.ag06.bench.drain;

/** What a contender stores in ClickHouse. */
interface StoredRows {
    /** Empties the table. */
    void clear();

    /** Records that rows stand for so far. */
    long records();

    /**
     * Holds the table against what the topic comes to.
     *
     * @throws WrongCountException where they differ
     */
    void requireAll(Totals totals);
}
