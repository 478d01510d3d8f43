package io.ag06.pipeline.sink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ag06.pipeline.sink.clickhouse.FakeClickHouse.Accident;
import java.time.InstantSource;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.apache.flink.util.FlinkRuntimeException;
import org.junit.jupiter.api.Test;

class ClickHouseCommitterTest {
    private final FakeClickHouse clickHouse = new FakeClickHouse();
    private final ClickHouseCommitter committer = new ClickHouseCommitter(
            clickHouse,
            new BlockDelivery(clickHouse, Blocks.IMPATIENT, InstantSource.system(), SinkMetrics.ofThisProcess()));

    @Test
    void everyBlockOfACheckpointIsSent() throws Exception {
        committer.commit(
                List.of(new Request(Blocks.block()), new Request(Blocks.block()), new Request(Blocks.block())));

        assertThat(clickHouse.parts(Blocks.TABLE)).hasSize(3);
    }

    @Test
    void aWaitIsNeverHandedToFlinkWhichWouldSpinOrDropTheData() throws Exception {
        clickHouse.next(Accident.LOST_BEFORE_SENDING, Accident.BROKEN_OFF, Accident.REFUSED, Accident.NONE);

        committer.commit(List.of(new Request(Blocks.block()))); // Fails where any signal is given.

        assertThat(clickHouse.failures()).isEqualTo(2);
    }

    @Test
    void whatOnlyAPersonCanMendFailsTheJobWithItsReason() {
        clickHouse.next(Accident.WRONG_PASSWORD);

        assertThatExceptionOfType(FlinkRuntimeException.class)
                .isThrownBy(() -> committer.commit(List.of(new Request(Blocks.block()))))
                .withMessage("AUTHENTICATION_FAILED")
                .withCauseInstanceOf(InsertFailure.Fatal.class);
    }

    @Test
    void blocksAfterOneThatFailedTheJobAreLeftForTheNextAttempt() {
        clickHouse.next(Accident.NONE, Accident.WRONG_PASSWORD);

        assertThatExceptionOfType(FlinkRuntimeException.class)
                .isThrownBy(() -> committer.commit(List.of(
                        new Request(Blocks.block()), new Request(Blocks.block()), new Request(Blocks.block()))));

        assertThat(clickHouse.parts(Blocks.TABLE)).hasSize(1);
    }

    @Test
    void itsClientIsClosedWithIt() {
        committer.close();

        assertThat(clickHouse.isClosed()).isTrue();
    }

    /** Asks for a commit and takes nothing back. */
    private record Request(Block block) implements CommitRequest<Block> {
        @Override
        public Block getCommittable() {
            return block;
        }

        @Override
        public int getNumberOfRetries() {
            return 0;
        }

        @Override
        public void signalFailedWithKnownReason(Throwable reason) {
            throw new AssertionError("Flink would drop the block in silence", reason);
        }

        @Override
        public void signalFailedWithUnknownReason(Throwable reason) {
            throw new AssertionError("Flink would fail the job without saying why", reason);
        }

        @Override
        public void retryLater() {
            throw new AssertionError("Flink would ask again at once, ten times, and then fail the job");
        }

        @Override
        public void updateAndRetryLater(Block other) {
            throw new AssertionError("A block is never changed");
        }

        @Override
        public void signalAlreadyCommitted() {
            throw new AssertionError("Only a block that was stored is done");
        }
    }
}
