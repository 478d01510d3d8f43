package io.ag06.pipeline.sink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.ag06.sql.Table;
import io.ag06.sql.Table.OffsetColumns;
import io.ag06.sql.Tables;
import java.time.Instant;
import java.util.Set;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.Test;

class StartGuardTest {
    private static final Table SUMS = Tables.GOLDEN_SIGNALS_PARTIALS;
    private static final String TOPIC = "ag06.service-requests";

    private final FakeClickHouse clickHouse = new FakeClickHouse();

    @Test
    void aJobThatGoesOnFromItsNewestCheckpointPasses() {
        clickHouse.holding(SUMS, TOPIC, 0, 0, 99);

        assertThatNoException().isThrownBy(() -> start(false, 0, 100, 120));
    }

    @Test
    void aNewJobOnAnEmptyTablePasses() {
        assertThatNoException().isThrownBy(() -> start(false, 0, 0, 20));
    }

    @Test
    void aJobThatStartsFromAnOlderCheckpointIsRefusedForGood() {
        clickHouse.holding(SUMS, TOPIC, 0, 0, 99).holding(SUMS, TOPIC, 0, 100, 199);

        assertThatExceptionOfType(SuppressRestartsException.class)
                .isThrownBy(() -> start(false, 0, 100, 120))
                .havingCause()
                .withMessageContaining("ag06.service-requests-0 at offset 100")
                .withMessageContaining("golden_signals_partials already holds rows")
                .withMessageContaining("--replace-from");
        assertThat(clickHouse.deletions()).isZero();
    }

    @Test
    void whatWasReadFromOtherPartitionsAndTopicsDoesNotMatter() {
        clickHouse.holding(SUMS, TOPIC, 1, 0, 500).holding(SUMS, "ag06.audio-frames", 0, 0, 500);

        assertThatNoException().isThrownBy(() -> start(false, 0, 0, 20));
    }

    @Test
    void replacingDeletesTheRowsAndPasses() throws Exception {
        clickHouse.holding(SUMS, TOPIC, 0, 0, 99).holding(SUMS, TOPIC, 0, 100, 199);

        start(true, 0, 100, 120);

        assertThat(clickHouse.deletions()).isEqualTo(1);
        assertThat(isHeldFrom(100)).isFalse();
        assertThat(isHeldFrom(99)).isTrue();
    }

    @Test
    void aGuardThatIsLateLeavesWhatWasStoredSinceItAskedForTheTime() throws Exception {
        clickHouse.holding(SUMS, TOPIC, 0, 100, 199);
        Instant asked = clickHouse.now();
        clickHouse.holding(SUMS, TOPIC, 0, 100, 150); // By its successor.

        clickHouse.deleteFrom(SUMS, new Origin(TOPIC, 0, 100), Set.of(), asked);

        assertThat(isHeldFrom(150)).isTrue();
        assertThat(isHeldFrom(151)).isFalse();
    }

    @Test
    void aRowThatReachesAcrossTheStartIsRefusedEvenWhenReplacing() {
        clickHouse.holding(SUMS, TOPIC, 0, 90, 110);

        assertThatExceptionOfType(SuppressRestartsException.class)
                .isThrownBy(() -> start(true, 0, 100, 120))
                .havingCause()
                .withMessageContaining("begin before that and end after it");
    }

    @Test
    void replacingTouchesNothingWhereNothingIsAhead() throws Exception {
        clickHouse.holding(SUMS, TOPIC, 0, 0, 99);

        start(true, 0, 100, 120);

        assertThat(clickHouse.deletions()).isZero();
    }

    @Test
    void onlyTheFirstRowOfAPartitionIsHeldAgainstTheTable() throws Exception {
        StartGuard guard = guard(false);
        guard.check(Blocks.rowAt(SUMS, TOPIC, 0, 100, 120), SUMS);
        guard.check(Blocks.rowAt(SUMS, TOPIC, 1, 100, 120), SUMS);
        clickHouse.holding(SUMS, TOPIC, 0, 100, 120); // What this job itself has stored since.

        assertThatNoException().isThrownBy(() -> guard.check(Blocks.rowAt(SUMS, new String(TOPIC), 0, 121, 130), SUMS));
    }

    @Test
    void everyPartitionIsChecked() throws Exception {
        clickHouse.holding(SUMS, TOPIC, 1, 100, 120);
        StartGuard guard = guard(false);
        guard.check(Blocks.rowAt(SUMS, TOPIC, 0, 100, 120), SUMS);

        assertThatExceptionOfType(SuppressRestartsException.class)
                .isThrownBy(() -> guard.check(Blocks.rowAt(SUMS, TOPIC, 1, 100, 120), SUMS));
    }

    @Test
    void aTableWithoutOffsetsIsNotAsked() {
        Table loose = new Table("loose", "at", OffsetColumns.NONE);
        clickHouse.goAway(); // Any question would wait for ever.

        assertThatNoException().isThrownBy(() -> guard(false).check(Blocks.rowAt(loose, TOPIC, 0, 1, 1), loose));
    }

    private void start(boolean replace, int kafkaPartition, long first, long last) throws Exception {
        guard(replace).check(Blocks.rowAt(SUMS, TOPIC, kafkaPartition, first, last), SUMS);
    }

    private boolean isHeldFrom(long offset) throws Exception {
        return clickHouse.holdsRowsFrom(SUMS, new Origin(TOPIC, 0, offset), Set.of());
    }

    private StartGuard guard(boolean replace) {
        return new StartGuard(clickHouse, Blocks.IMPATIENT, replace);
    }
}
