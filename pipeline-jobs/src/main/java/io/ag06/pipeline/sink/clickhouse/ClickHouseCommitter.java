package io.ag06.pipeline.sink.clickhouse;

import java.io.IOException;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * Sends the blocks of a completed checkpoint. It waits by itself while ClickHouse is away, since the alternatives of
 * the interface either spin and then fail the job ({@code retryLater}) or drop the data in silence
 * ({@code signalFailedWithKnownReason}). Waiting here holds up the task, which is the backpressure.
 */
final class ClickHouseCommitter implements Committer<Block> {
    private final ClickHouseClient client;
    private final BlockDelivery delivery;

    ClickHouseCommitter(ClickHouseClient client, BlockDelivery delivery) {
        this.client = client;
        this.delivery = delivery;
    }

    @Override
    public void commit(Collection<CommitRequest<Block>> requests) throws IOException, InterruptedException {
        for (CommitRequest<Block> request : requests) {
            try {
                delivery.deliver(request.getCommittable());
            } catch (InsertFailure failure) {
                throw new FlinkRuntimeException(failure.getMessage(), failure);
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
