package io.ag06.pipeline.sink.clickhouse;

import io.ag06.pipeline.settings.ClickHouseSettings;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * Sends the blocks of savepoints of earlier versions, whose state was Flink's committer's; all others are
 * {@link DeliveryOperator}'s. It waits by itself while ClickHouse is away, since the alternatives of the interface
 * either spin and then fail the job ({@code retryLater}) or drop the data in silence
 * ({@code signalFailedWithKnownReason}).
 */
final class ClickHouseCommitter implements Committer<Block> {
    private final ClickHouseClient client;
    private final BlockDelivery delivery;

    ClickHouseCommitter(ClickHouseClient client, BlockDelivery delivery) {
        this.client = client;
        this.delivery = delivery;
    }

    /** One with a client of its own, whose metrics are shown in the group. */
    static ClickHouseCommitter open(
            ClickHouseSettings settings, ClickHouseClientProvider clients, MetricGroup metricGroup) {
        SinkMetrics metrics = SinkMetrics.ofThisProcess().shownIn(metricGroup);
        ClickHouseClient client = clients.open();
        return new ClickHouseCommitter(
                client, new BlockDelivery(client, Patience.of(settings, metrics), InstantSource.system(), metrics));
    }

    @Override
    public void commit(Collection<CommitRequest<Block>> requests) throws IOException, InterruptedException {
        try {
            for (CommitRequest<Block> request : requests) {
                delivery.deliver(request.getCommittable());
            }
        } catch (InsertFailure failure) {
            throw new FlinkRuntimeException(failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
