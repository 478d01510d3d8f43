package io.ag06.pipeline.sink.clickhouse;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;

class TableColumnsTest {
    private final FakeClickHouse clickHouse = new FakeClickHouse();

    @Test
    void aTableMayHaveColumnsThatTheJobDoesNotKnow() {
        clickHouse.withColumns("number", "trace_id", "appended_at", "sink_block", "stored_at");

        assertThatNoException().isThrownBy(() -> TableColumns.check(clickHouse, Blocks.IMPATIENT, Blocks.LAYOUT));
    }

    @Test
    void aTableThatLacksAColumnIsRefusedWithWhatToDo() {
        clickHouse.withColumns("appended_at", "sink_block");

        assertThatExceptionOfType(InsertFailure.Fatal.class)
                .isThrownBy(() -> TableColumns.check(clickHouse, Blocks.IMPATIENT, Blocks.LAYOUT))
                .withMessage(
                        "numbers has no column number, which this job writes: the job is newer than the tables; run"
                                + " the migrations of its version (ag06 migrate)");
    }

    @Test
    void everyColumnThatIsLackingIsNamedTheSinksOwnToo() {
        clickHouse.withColumns("stored_at");

        assertThatExceptionOfType(InsertFailure.Fatal.class)
                .isThrownBy(() -> TableColumns.check(clickHouse, Blocks.IMPATIENT, Blocks.LAYOUT))
                .withMessageContaining("number, appended_at, sink_block");
    }
}
