package io.ag06.bench.drain;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.insert.InsertResponse;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.data.ClickHouseFormat;
import io.ag06.local.ClickHouseAddress;
import io.ag06.pipeline.rowbinary.RowLayout;
import io.ag06.pipeline.source.FactRows;
import io.ag06.schemas.Topics;
import io.ag06.sql.Tables;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The least that storing the rows can take: the official client in a loop, each insert as large as the sink's blocks,
 * rows encoded beforehand and in memory. No look-up, no checkpoint.
 */
final class InsertLoop implements Contender {
    private final LoadedTopic topic;
    private final Parts parts;
    private final RowBlocks rows;
    private final StoredRequests stored;

    InsertLoop(LoadedTopic topic, Parts parts, RowBlocks rows) {
        this.topic = topic;
        this.parts = parts;
        this.rows = rows;
        this.stored = new StoredRequests(parts.sql());
    }

    @Override
    public Round run(int parallelism) throws Exception {
        stored.clear();
        Queue<ByteBuffer> blocks = new ConcurrentLinkedQueue<>(rows.inMemory());
        ExecutorService threads = Executors.newFixedThreadPool(parallelism);
        try (Client client = client()) {
            Usage.Meter meter = parts.meter();
            long begin = System.nanoTime();
            List<Future<Void>> loops = new ArrayList<>();
            for (int thread = 0; thread < parallelism; thread++) {
                Callable<Void> loop = () -> {
                    for (ByteBuffer block = blocks.poll(); block != null; block = blocks.poll()) {
                        insert(client, block);
                    }
                    return null;
                };
                loops.add(threads.submit(loop));
            }
            for (Future<Void> loop : loops) {
                loop.get();
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            Usage usage = meter.read();
            stored.requireAll(topic.totals());
            return new Round(topic.totals().records(), seconds, seconds, usage);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void insert(Client client, ByteBuffer block) throws Exception {
        InsertSettings settings = new InsertSettings()
                .serverSetting("async_insert", "0")
                .serverSetting("insert_deduplicate", "0"); // The same rows come in every round.
        try (InsertResponse response = client.insert(
                        StoredRequests.TABLE,
                        columns(),
                        new ByteBufferBody(block),
                        ClickHouseFormat.RowBinary,
                        settings)
                .get()) {
            response.getWrittenRows();
        }
    }

    private static List<String> columns() {
        RowLayout layout = FactRows.layouts().stream()
                .filter(each -> each.table().equals(Tables.factsOf(Topics.SERVICE_REQUESTS.name())))
                .findFirst()
                .orElseThrow();
        List<String> columns = new ArrayList<>(layout.columns());
        columns.add(Tables.BLOCK_COLUMN);
        return columns;
    }

    private Client client() {
        ClickHouseAddress address = parts.address();
        return new Client.Builder()
                .addEndpoint(address.url().toString())
                .setUsername(address.user())
                .setPassword(address.password())
                .setDefaultDatabase(Tables.DATABASE)
                .compressServerResponse(false)
                .compressClientRequest(false)
                .build();
    }
}
