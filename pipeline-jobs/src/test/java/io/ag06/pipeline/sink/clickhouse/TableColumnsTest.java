package io.ag06.pipeline.sink.clickhouse;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.ag06.pipeline.rowbinary.ColumnType;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableColumnsTest {
    private final FakeClickHouse clickHouse = new FakeClickHouse();

    @Test
    void aTableMayHaveColumnsThatTheJobDoesNotKnow() {
        clickHouse.withColumns("number", "trace_id", "appended_at", "sink_block", "stored_at");

        assertThatNoException().isThrownBy(() -> check(Map.of()));
    }

    @Test
    void aTableThatLacksAColumnIsRefusedWithWhatToDo() {
        clickHouse.withColumns("appended_at", "sink_block");

        assertThatExceptionOfType(InsertFailure.Fatal.class)
                .isThrownBy(() -> check(Map.of()))
                .withMessage(
                        "numbers has no column number, which this job writes: the job is newer than the tables; run"
                                + " the migrations of its version (ag06 migrate)");
    }

    @Test
    void everyColumnThatIsLackingIsNamedTheSinksOwnToo() {
        clickHouse.withColumns("stored_at");

        assertThatExceptionOfType(InsertFailure.Fatal.class)
                .isThrownBy(() -> check(Map.of()))
                .withMessageContaining("number, appended_at, sink_block");
    }

    @Test
    void aColumnOfAnotherTypeIsRefusedAndBothAreNamed() {
        clickHouse.withColumn("number", "Nullable(UInt64)");

        assertThatExceptionOfType(InsertFailure.Fatal.class)
                .isThrownBy(() -> check(Map.of("number", ColumnType.anyOf("Int64", "UInt64"))))
                .withMessageStartingWith("numbers.number is Nullable(UInt64), and this job writes Int64|UInt64,");
    }

    @Test
    void aColumnOfTheTypeThatIsWrittenIsTaken() {
        assertThatNoException()
                .isThrownBy(() -> check(Map.of(
                        "number", ColumnType.anyOf("Int64", "UInt64"),
                        "appended_at", ColumnType.anyOf("DateTime64(3)"))));
    }

    @Test
    void theSinksOwnColumnIsHeldToItsTypeToo() {
        clickHouse.withColumn("sink_block", "String");

        assertThatExceptionOfType(InsertFailure.Fatal.class)
                .isThrownBy(() -> check(Map.of()))
                .withMessageContaining("numbers.sink_block is String");
    }

    private void check(Map<String, ColumnType> types) throws InsertFailure, IOException, InterruptedException {
        TableColumns.check(clickHouse, Blocks.IMPATIENT, Blocks.LAYOUT, types);
    }
}
