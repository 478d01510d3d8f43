package io.ag06.pipeline.sink.clickhouse;

import static java.util.Objects.requireNonNull;

import io.ag06.pipeline.settings.ClickHouseSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableWithLineage;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keeps blocks until their checkpoint is complete, then delivers them; blocks of a restored checkpoint first of all. It
 * stands where Flink's committer would, and hands that one nothing: a committer's state is serialised by layers that
 * copy each block dozens of times, an operator's own goes straight into the checkpoint's file.
 *
 * <p>What is kept: every block that is not known to be delivered. When it is forgotten: block by block, as each is
 * delivered.
 */
final class DeliveryOperator extends AbstractStreamOperator<CommittableMessage<Block>>
        implements OneInputStreamOperator<CommittableMessage<Block>, CommittableMessage<Block>>, BoundedOneInput {
    private static final long serialVersionUID = 1;

    /** Savepoints find the blocks by this name. */
    private static final String STATE = "blocks";

    private final ClickHouseSettings settings;
    private final ClickHouseClientProvider clients;
    private transient List<CommittableWithLineage<Block>> pending;
    private transient ListState<Block> state;
    private transient ClickHouseCommitter committer;

    DeliveryOperator(ClickHouseSettings settings, ClickHouseClientProvider clients) {
        this.settings = requireNonNull(settings, "settings");
        this.clients = requireNonNull(clients, "clients");
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        pending = new ArrayList<>();
        committer = ClickHouseCommitter.open(settings, clients, getMetricGroup());
        state = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>(STATE, BlockStateSerializer.INSTANCE));
        for (Block block : state.get()) {
            committer.deliver(block);
        }
        state.clear();
    }

    @Override
    public void processElement(StreamRecord<CommittableMessage<Block>> element) {
        // The other message only counts these.
        if (element.getValue() instanceof CommittableWithLineage<Block> block) {
            pending.add(block);
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        state.update(
                pending.stream().map(CommittableWithLineage::getCommittable).toList());
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        deliverUpTo(checkpointId);
    }

    @Override
    public void endInput() throws Exception {
        if (!CheckpointingOptions.isCheckpointingEnabled(getContainingTask().getJobConfiguration())) {
            deliverUpTo(Long.MAX_VALUE); // No checkpoint will ever complete.
        }
    }

    private void deliverUpTo(long checkpointId) throws IOException, InterruptedException {
        for (Iterator<CommittableWithLineage<Block>> blocks = pending.iterator(); blocks.hasNext(); ) {
            CommittableWithLineage<Block> block = blocks.next();
            if (block.getCheckpointId() <= checkpointId) {
                committer.deliver(block.getCommittable());
                blocks.remove();
            }
        }
        state.clear(); // It is filled for a snapshot only, and would hold on to the rows until the next one.
    }

    @Override
    public void close() throws Exception {
        try {
            if (committer != null) {
                committer.close();
            }
        } finally {
            super.close();
        }
    }
}
