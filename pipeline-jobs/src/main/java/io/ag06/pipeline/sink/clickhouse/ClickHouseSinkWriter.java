package io.ag06.pipeline.sink.clickhouse;

import io.ag06.pipeline.rowbinary.EncodedRow;
import io.ag06.pipeline.rowbinary.RowEncoder;
import io.ag06.pipeline.rowbinary.RowLayout;
import io.ag06.sql.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * Puts rows into blocks, one open block for each table and partition, and hands them out before each checkpoint. It
 * never waits for room: memory is freed by the checkpoint, which could not happen while it waited. What does not fit in
 * memory goes to files.
 */
final class ClickHouseSinkWriter<T> implements CommittingSinkWriter<T, Block> {
    private final RowEncoder<T> encoder;
    private final Map<String, RowLayout> layouts;
    private final BlockLimits limits;
    private final StartGuard guard;
    private final BlockFiles files;
    private final LongSupplier names;
    private final ClickHouseClient client;
    private final SinkMetrics metrics;

    private final Map<OpenKey, OpenBlock> open = new HashMap<>();
    private final List<Block> closed = new ArrayList<>();
    private long closedBytesInMemory;

    ClickHouseSinkWriter(
            RowEncoder<T> encoder,
            BlockLimits limits,
            StartGuard guard,
            BlockFiles files,
            LongSupplier names,
            ClickHouseClient client,
            SinkMetrics metrics) {
        this.encoder = encoder;
        this.layouts = encoder.layouts().stream()
                .collect(Collectors.toMap(l -> l.table().name(), layout -> layout));
        this.limits = limits;
        this.guard = guard;
        this.files = files;
        this.names = names;
        this.client = client;
        this.metrics = metrics;
    }

    @Override
    public void write(T element, Context context) throws IOException, InterruptedException {
        EncodedRow row = encoder.encode(element);
        RowLayout layout = layouts.get(row.table());
        check(row, layout.table());
        OpenKey key = new OpenKey(row.table(), row.partitionDay());
        OpenBlock block = open.get(key);
        if (block != null && !block.hasRoomFor(row, limits)) {
            close(block);
            block = null;
        }
        if (block == null) {
            block = new OpenBlock(names.getAsLong(), layout, row.partitionDay());
            open.put(key, block);
        }
        block.append(row);
    }

    @Override
    public void flush(boolean endOfInput) {
        // Blocks leave with the checkpoint, never before it.
    }

    @Override
    public Collection<Block> prepareCommit() throws IOException {
        for (OpenBlock block : open.values()) {
            close(block);
        }
        open.clear();
        List<Block> ready = List.copyOf(closed);
        closed.clear();
        closedBytesInMemory = 0;
        return ready;
    }

    @Override
    public void close() {
        client.close();
    }

    private void close(OpenBlock block) throws IOException {
        Block cut = block.cut();
        if (closedBytesInMemory + block.length() > limits.memoryBytes()) {
            cut = files.spill(cut);
            metrics.spilled(block.length());
        } else {
            closedBytesInMemory += block.length();
        }
        closed.add(cut);
    }

    private void check(EncodedRow row, Table table) throws IOException, InterruptedException {
        try {
            guard.check(row, table);
        } catch (InsertFailure failure) {
            throw new FlinkRuntimeException(failure.getMessage(), failure);
        }
    }

    private record OpenKey(String table, int partitionDay) {}
}
