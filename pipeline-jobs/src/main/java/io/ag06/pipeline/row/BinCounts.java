package io.ag06.pipeline.row;

/**
 * Counts by latency bin, as a column {@code Map(Int16, UInt64)} holds them.
 *
 * @param bins in ascending order
 * @param counts of the bin at the same index, each above 0
 */
@SuppressWarnings("ArrayRecordComponent") // A row has dozens of these; made once, written once, compared by nobody.
public record BinCounts(short[] bins, long[] counts) {}
