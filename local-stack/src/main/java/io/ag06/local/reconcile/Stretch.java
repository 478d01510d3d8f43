package io.ag06.local.reconcile;

/**
 * The rows of a table of partial aggregates that one stretch of a partition has.
 *
 * @param first its first offset
 * @param last its last offset
 * @param events the records that the rows count together
 * @param rows how many rows there are
 * @param keys how many different ones there are
 */
record Stretch(long first, long last, long events, long rows, long keys) {}
