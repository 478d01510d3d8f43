package io.ag06.pipeline.sink.clickhouse;

import io.ag06.pipeline.rowbinary.EncodedRow;
import io.ag06.pipeline.rowbinary.RowLayout;
import io.ag06.sql.Table;
import io.ag06.sql.Table.OffsetColumns;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Tables, rows and blocks to test the sink with. */
final class Blocks {
    static final Table TABLE = new Table("numbers", "appended_at", OffsetColumns.OF_FACTS);
    static final RowLayout LAYOUT = new RowLayout(TABLE, List.of("number", "appended_at"));
    static final int DAY = 20_000;

    /** Retries at once: what is tested is that there are retries, not how long they wait. */
    static final Patience IMPATIENT = new Patience(Duration.ofNanos(1), Duration.ofNanos(2));

    private static final AtomicLong NAMES = new AtomicLong(1L << 40);

    private Blocks() {}

    static long newName() {
        return NAMES.incrementAndGet();
    }

    /** A block with a name of its own. */
    static Block block() {
        return block("some rows, as bytes");
    }

    static Block block(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
        return new Block(newName(), LAYOUT, DAY, 3, List.of(), new BlockBody.InMemory(bytes, bytes.length));
    }

    static EncodedRow row(Table table, int partitionDay, String bytes) {
        return new EncodedRow(
                table.name(), partitionDay, "ag06.numbers", 0, 7, 7, bytes.getBytes(StandardCharsets.US_ASCII));
    }

    static EncodedRow rowAt(Table table, String topic, int kafkaPartition, long offsetFirst, long offsetLast) {
        return new EncodedRow(table.name(), DAY, topic, kafkaPartition, offsetFirst, offsetLast, new byte[] {1});
    }
}
