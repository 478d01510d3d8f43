package io.ag06.pipeline.sink.clickhouse;

import static java.util.Objects.requireNonNull;

import io.ag06.pipeline.settings.ClickHouseSettings;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableWithLineage;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * Keeps blocks until their checkpoint is complete, then delivers them; blocks of a restored checkpoint first of all. It
 * stands where Flink's committer would, and hands that one nothing: a committer's state is serialised by layers that
 * copy each block dozens of times, an operator's own goes straight into the checkpoint's file.
 *
 * <p>What is kept: every block that is not known to be delivered, in memory up to a limit; where checkpoints fail one
 * after the other, further ones go to files. When it is forgotten: block by block, as each is delivered. The names of
 * all blocks are kept apart, and every task is given all of them: by those it knows the rows of its own checkpoint.
 */
final class DeliveryOperator extends AbstractStreamOperator<CommittableMessage<Block>>
        implements OneInputStreamOperator<CommittableMessage<Block>, CommittableMessage<Block>>, BoundedOneInput {
    private static final long serialVersionUID = 1;

    /** Savepoints find the blocks by this name. */
    private static final String STATE = "blocks";

    private static final String NAMES = "block-names";

    private final ClickHouseSettings settings;
    private final ClickHouseClientProvider clients;
    private transient List<CommittableWithLineage<Block>> pending;
    private transient long pendingBytesInMemory;
    private transient ListState<Block> state;
    private transient ListState<Long> names;
    private transient ClickHouseClient client;
    private transient BlockFiles files;
    private transient SinkMetrics sinkMetrics;
    private transient BlockDelivery delivery;

    DeliveryOperator(ClickHouseSettings settings, ClickHouseClientProvider clients) {
        this.settings = requireNonNull(settings, "settings");
        this.clients = requireNonNull(clients, "clients");
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        pending = new ArrayList<>();
        files = BlockFiles.of(settings);
        sinkMetrics = SinkMetrics.ofThisProcess().shownIn(getMetricGroup());
        client = clients.open();
        Patience patience = Patience.of(settings, sinkMetrics);
        delivery = new BlockDelivery(client, patience, InstantSource.system(), sinkMetrics);
        state = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>(STATE, BlockStateSerializer.INSTANCE));
        names = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>(NAMES, LongSerializer.INSTANCE));
        restore(new StartGuard(client, patience, settings.replaceFrom()));
    }

    private void restore(StartGuard guard) throws Exception {
        Set<Long> ofTheCheckpoint = new HashSet<>();
        names.get().forEach(ofTheCheckpoint::add);
        if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
            files.sweep(ofTheCheckpoint);
        }
        for (Block block : state.get()) {
            until(() -> delivery.deliverRestored(block, guard, ofTheCheckpoint));
        }
        state.clear();
        names.clear();
    }

    @Override
    public void processElement(StreamRecord<CommittableMessage<Block>> element) throws IOException {
        // The other message only counts these.
        if (element.getValue() instanceof CommittableWithLineage<Block> block) {
            pending.add(inMemoryOrNot(block));
        }
    }

    /** Where no checkpoint completes, blocks gather. */
    private CommittableWithLineage<Block> inMemoryOrNot(CommittableWithLineage<Block> block) throws IOException {
        int bytes = bytesInMemory(block.getCommittable());
        if (pendingBytesInMemory + bytes <= settings.blockMemoryBytes()) {
            pendingBytesInMemory += bytes;
            return block;
        }
        sinkMetrics.spilled(bytes);
        return new CommittableWithLineage<>(
                files.spill(block.getCommittable()), block.getCheckpointId(), block.getSubtaskId());
    }

    private static int bytesInMemory(Block block) {
        return block.body() instanceof BlockBody.InMemory memory ? memory.length() : 0;
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        List<Block> blocks =
                pending.stream().map(CommittableWithLineage::getCommittable).toList();
        state.update(blocks);
        names.update(blocks.stream().map(Block::name).toList());
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

    private void deliverUpTo(long checkpointId) throws Exception {
        for (Iterator<CommittableWithLineage<Block>> blocks = pending.iterator(); blocks.hasNext(); ) {
            CommittableWithLineage<Block> block = blocks.next();
            if (block.getCheckpointId() <= checkpointId) {
                until(() -> delivery.deliver(block.getCommittable()));
                blocks.remove();
                pendingBytesInMemory -= bytesInMemory(block.getCommittable());
            }
        }
        state.clear(); // It is filled for a snapshot only, and would hold on to the rows until the next one.
    }

    /** Returns when a block, or its refusal, is stored. */
    private static void until(Delivered block) throws Exception {
        try {
            block.deliver();
        } catch (InsertFailure failure) {
            throw new FlinkRuntimeException(failure.getMessage(), failure);
        }
    }

    @Override
    public void close() throws Exception {
        try {
            if (client != null) {
                client.close();
            }
        } finally {
            super.close();
        }
    }

    private interface Delivered {
        void deliver() throws Exception;
    }
}
