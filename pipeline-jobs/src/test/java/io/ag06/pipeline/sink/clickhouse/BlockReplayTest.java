package io.ag06.pipeline.sink.clickhouse;

import static io.ag06.pipeline.sink.clickhouse.Blocks.TABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ag06.pipeline.sink.clickhouse.BlockReplay.Outcome;
import io.ag06.pipeline.sink.clickhouse.FakeClickHouse.Accident;
import io.ag06.sql.Tables;
import org.junit.jupiter.api.Test;

class BlockReplayTest {
    private final FakeClickHouse clickHouse = new FakeClickHouse();
    private final BlockReplay replay = new BlockReplay(clickHouse);
    private final Block block = Blocks.block();

    @Test
    void aBlockThatIsNotThereIsStoredOnce() throws Exception {
        assertThat(replay.replay(block)).isEqualTo(Outcome.STORED);
        assertThat(replay.replay(block)).isEqualTo(Outcome.WAS_STORED);

        assertThat(clickHouse.parts(TABLE)).hasSize(1);
    }

    @Test
    void aBlockThatIsThereIsNotSent() throws Exception {
        clickHouse.holding(block);

        assertThat(replay.replay(block)).isEqualTo(Outcome.WAS_STORED);

        assertThat(clickHouse.attempts()).isZero();
    }

    @Test
    void whatWasSentAndNotAnsweredIsNotSentAgain() throws Exception {
        clickHouse.next(Accident.STORED_UNANSWERED);

        assertThatExceptionOfType(InsertFailure.Transient.class).isThrownBy(() -> replay.replay(block));
        assertThat(replay.replay(block)).isEqualTo(Outcome.WAS_STORED);

        assertThat(clickHouse.parts(TABLE)).hasSize(1);
    }

    @Test
    void aBlockThatIsRefusedAgainIsNotKeptASecondTime() {
        clickHouse.next(Accident.REFUSED);

        assertThatExceptionOfType(InsertFailure.Refused.class).isThrownBy(() -> replay.replay(block));

        assertThat(clickHouse.parts(TABLE)).isEmpty();
        assertThat(clickHouse.parts(Tables.REJECTED_BLOCKS)).isEmpty();
    }

    @Test
    void aServerThatIsAwayIsNotWaitedFor() {
        clickHouse.goAway();

        assertThatExceptionOfType(InsertFailure.Transient.class).isThrownBy(() -> replay.replay(block));
    }
}
