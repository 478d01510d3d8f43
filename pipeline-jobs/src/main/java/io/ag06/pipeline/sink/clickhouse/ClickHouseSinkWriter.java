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
 * memory goes to files, but not while ClickHouse is away: other tasks may wait for it with the blocks of a checkpoint,
 * so that none completes, and this one would read on until the disk is full.
 */
final class ClickHouseSinkWriter<T> implements CommittingSinkWriter<T, Block> {
    private final RowEncoder<T> encoder;
    private final Map<String, RowLayout> layouts;
    private final BlockLimits limits;
    private final StartGuard guard;
    private final BlockFiles files;
    private final LongSupplier names;
    private final ClickHouseClient client;
    private final Patience patience;
    private final SinkMetrics metrics;

    private final Map<OpenKey, OpenBlock> open = new HashMap<>();
    private final List<Block> closed = new ArrayList<>();
    private long closedBytesInMemory;
    private long openBytes;

    ClickHouseSinkWriter(
            RowEncoder<T> encoder,
            BlockLimits limits,
            StartGuard guard,
            BlockFiles files,
            LongSupplier names,
            ClickHouseClient client,
            Patience patience,
            SinkMetrics metrics) {
        this.encoder = encoder;
        this.layouts = encoder.layouts().stream()
                .collect(Collectors.toMap(l -> l.table().name(), layout -> layout));
        this.limits = limits;
        this.guard = guard;
        this.files = files;
        this.names = names;
        this.client = client;
        this.patience = patience;
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
            if (!fitsInMemory()) {
                awaitClickHouse();
            }
            close(block);
            block = null;
        }
        if (block == null) {
            block = new OpenBlock(names.getAsLong(), layout, row.partitionDay());
            open.put(key, block);
        }
        openBytes -= block.length();
        block.append(row);
        openBytes += block.length();
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

    /** What was not handed out is in no checkpoint: it will be read again. */
    @Override
    public void close() {
        closed.forEach(BlockFiles::delete);
        client.close();
    }

    private void close(OpenBlock block) throws IOException {
        Block cut = block.cut();
        if (fitsInMemory()) {
            closedBytesInMemory += block.length();
        } else {
            cut = files.spill(cut);
            metrics.spilled(block.length());
        }
        openBytes -= block.length();
        closed.add(cut);
    }

    /** Whether a block that is closed now may stay in memory. */
    private boolean fitsInMemory() {
        return closedBytesInMemory + openBytes <= limits.memoryBytes();
    }

    private void awaitClickHouse() throws IOException, InterruptedException {
        try {
            patience.until("room for blocks", client::now);
        } catch (InsertFailure failure) {
            throw new FlinkRuntimeException(failure.getMessage(), failure);
        }
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
