package io.ag06.pipeline.sink.clickhouse;

import io.ag06.pipeline.rowbinary.RowEncoder;
import io.ag06.pipeline.rowbinary.RowLayout;
import io.ag06.pipeline.settings.ClickHouseSettings;
import java.io.IOException;
import java.security.SecureRandom;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * Writes a stream to tables of ClickHouse, each row exactly once, whatever is killed and when.
 *
 * <p>Rows are cut into {@link Block blocks} before each checkpoint and sent after it completes, so what can be read
 * lags by up to a checkpoint interval. The job needs checkpoints; without them nothing is sent until its input ends.
 * While ClickHouse is away the job waits and keeps everything; while it is slow, the job is held back to its speed.
 * Values must fit their columns; a block that the server refuses all the same goes to {@code rejected_blocks}, whole,
 * and the job goes on. The sink must be given a uid, by which a savepoint finds its blocks.
 *
 * <p>Each table needs a column {@code sink_block UInt64} and a deduplication window. How delivery is exactly once is
 * described in {@code docs/exactly-once.md}.
 */
public final class ClickHouseSink<T>
        implements Sink<T>, SupportsCommitter<Block>, SupportsPreCommitTopology<Block, Block> {
    private static final String DELIVERY = "Delivery";

    private final RowEncoder<T> encoder;
    private final ClickHouseSettings settings;
    private final ClickHouseClientProvider clients;

    private ClickHouseSink(RowEncoder<T> encoder, ClickHouseSettings settings, ClickHouseClientProvider clients) {
        this.encoder = encoder;
        this.settings = settings;
        this.clients = clients;
    }

    /** A sink for elements that the encoder turns into rows, of one table or of several. */
    public static <T> ClickHouseSink<T> of(RowEncoder<T> encoder, ClickHouseSettings settings) {
        return of(encoder, settings, () -> new OfficialClickHouseClient(settings));
    }

    /** The same over another client. */
    public static <T> ClickHouseSink<T> of(
            RowEncoder<T> encoder, ClickHouseSettings settings, ClickHouseClientProvider clients) {
        return new ClickHouseSink<>(encoder, settings, clients);
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
        ClickHouseClient client = clients.open();
        try {
            return writer(client, context);
        } catch (IOException | RuntimeException | Error e) {
            client.close(); // Nobody else will.
            throw e;
        }
    }

    private SinkWriter<T> writer(ClickHouseClient client, WriterInitContext context) throws IOException {
        SinkMetrics metrics = SinkMetrics.ofThisProcess().shownIn(context.metricGroup());
        Patience patience = Patience.of(settings, metrics);
        try {
            for (RowLayout layout : encoder.layouts()) {
                TokenMemory.check(client, patience, layout.table());
                TableColumns.check(client, patience, layout, encoder.typesOf(layout.table()));
            }
        } catch (InsertFailure failure) {
            throw new FlinkRuntimeException(failure.getMessage(), failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Cancelled while waiting for ClickHouse", e);
        }
        BlockLimits limits =
                new BlockLimits(BlockLimits.DEFAULT.rows(), BlockLimits.DEFAULT.bytes(), settings.blockMemoryBytes());
        StartGuard guard = new StartGuard(client, patience, settings.replaceFrom());
        return new ClickHouseSinkWriter<>(
                encoder,
                limits,
                guard,
                BlockFiles.of(settings),
                new SecureRandom()::nextLong,
                client,
                patience,
                metrics);
    }

    /** Of blocks in savepoints of earlier versions; no other block comes to it. */
    @Override
    public Committer<Block> createCommitter(CommitterInitContext context) {
        return ClickHouseCommitter.open(settings, clients, context.metricGroup());
    }

    @Override
    public DataStream<CommittableMessage<Block>> addPreCommitTopology(DataStream<CommittableMessage<Block>> blocks) {
        return blocks.transform(DELIVERY, blocks.getType(), new DeliveryOperator(settings, clients))
                .uid(DELIVERY);
    }

    @Override
    public SimpleVersionedSerializer<Block> getWriteResultSerializer() {
        return new BlockSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Block> getCommittableSerializer() {
        return new BlockSerializer();
    }
}
