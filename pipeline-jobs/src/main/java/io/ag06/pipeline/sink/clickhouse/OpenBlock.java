package io.ag06.pipeline.sink.clickhouse;

import io.ag06.pipeline.rowbinary.EncodedRow;
import io.ag06.pipeline.rowbinary.RowLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A block that is still being filled. */
final class OpenBlock {
    private static final int FIRST_CAPACITY = 16 * 1024;

    private final long name;
    private final RowLayout layout;
    private final int partitionDay;
    private final List<Origin> origins = new ArrayList<>();
    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int length;
    private int rows;
    private Origin lastOrigin;

    OpenBlock(long name, RowLayout layout, int partitionDay) {
        this.name = name;
        this.layout = layout;
        this.partitionDay = partitionDay;
    }

    /** Whether the row still fits; a row larger than a whole block fits an empty one, so that it is never stuck. */
    boolean hasRoomFor(EncodedRow row, BlockLimits limits) {
        return rows == 0 || (rows < limits.rows() && (long) length + row.bytes().length + Long.BYTES <= limits.bytes());
    }

    void append(EncodedRow row) {
        int needed = length + row.bytes().length + Long.BYTES;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
        System.arraycopy(row.bytes(), 0, bytes, length, row.bytes().length);
        length += row.bytes().length;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) { // Every row's last column: the block's name.
            bytes[length++] = (byte) (name >>> shift);
        }
        rows++;
        if (layout.table().offsets().known()) {
            from(row);
        }
    }

    private void from(EncodedRow row) {
        if (isFromWhere(lastOrigin, row) && lastOrigin.offset() <= row.offsetFirst()) {
            return; // As nearly always: rows come partition by partition, in the order of Kafka.
        }
        for (int i = 0; i < origins.size(); i++) {
            if (isFromWhere(origins.get(i), row)) {
                lastOrigin = origins.get(i);
                if (row.offsetFirst() < lastOrigin.offset()) {
                    lastOrigin = originOf(row);
                    origins.set(i, lastOrigin);
                }
                return;
            }
        }
        lastOrigin = originOf(row);
        origins.add(lastOrigin);
    }

    private static boolean isFromWhere(Origin origin, EncodedRow row) {
        return origin != null
                && origin.partition() == row.kafkaPartition()
                && origin.topic().equals(row.kafkaTopic());
    }

    private static Origin originOf(EncodedRow row) {
        return new Origin(row.kafkaTopic(), row.kafkaPartition(), row.offsetFirst());
    }

    int length() {
        return length;
    }

    Block cut() {
        return new Block(name, layout, partitionDay, rows, origins, new BlockBody.InMemory(bytes, length));
    }
}
