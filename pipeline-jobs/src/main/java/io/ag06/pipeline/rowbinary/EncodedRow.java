package io.ag06.pipeline.rowbinary;

import static java.util.Objects.requireNonNull;

/**
 * One row of one table, as bytes, with what the sink must know to put it into a block and to tell where it came from.
 *
 * @param table the table's name
 * @param partitionDay the partition it belongs to: days since the epoch, UTC
 * @param kafkaTopic the topic it came from
 * @param kafkaPartition the partition of that topic
 * @param offsetFirst the first offset it covers
 * @param offsetLast the last offset it covers
 * @param bytes its columns in RowBinary, in the order of the table's {@link RowLayout}
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody; a copy per row would cost what encoding costs.
public record EncodedRow(
        String table,
        int partitionDay,
        String kafkaTopic,
        int kafkaPartition,
        long offsetFirst,
        long offsetLast,
        byte[] bytes) {
    public EncodedRow {
        requireNonNull(table, "table");
        requireNonNull(kafkaTopic, "kafkaTopic");
        requireNonNull(bytes, "bytes");
    }
}
