package io.ag06.pipeline.sink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenMemoryTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10000 | MergeTree ORDER BY a SETTINGS non_replicated_deduplication_window = 10000",
                "10000 | MergeTree ORDER BY a SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 1",
                "0     | MergeTree ORDER BY a SETTINGS index_granularity = 8192",
                "0     | MergeTree ORDER BY a SETTINGS non_replicated_deduplication_window = 0",
                "10000 | ReplicatedMergeTree('/clickhouse/{uuid}', '{replica}') ORDER BY a",
                "50    | ReplicatedMergeTree('/c', 'r') ORDER BY a SETTINGS replicated_deduplication_window = 50",
            })
    void theEngineClauseTellsTheWindow(long window, String engineClause) {
        assertThat(TokenMemory.of(engineClause).blocks()).isEqualTo(window);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // The window in seconds and the one for asynchronous inserts are others.
                "10000 | ReplicatedMergeTree('/c', 'r') SETTINGS replicated_deduplication_window_for_async_inserts = 7",
                "10000 | ReplicatedMergeTree('/c', 'r') SETTINGS replicated_deduplication_window_seconds = 7",
                // A replicated table does not look at the setting of those that are not, nor the other way round.
                "10000 | ReplicatedMergeTree('/c', 'r') SETTINGS non_replicated_deduplication_window = 5",
                "0     | MergeTree ORDER BY a SETTINGS replicated_deduplication_window = 10000",
                "20    | ReplacingMergeTree(v) SETTINGS replicated_deduplication_window = 9, non_replicated_deduplication_window = 20",
            })
    void settingsThatOnlyLookAlikeDoNotCount(long window, String engineClause) {
        assertThat(TokenMemory.of(engineClause).blocks()).isEqualTo(window);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true  | ReplicatedMergeTree('/c', 'r') ORDER BY a",
                "true  | ReplicatedReplacingMergeTree('/c', 'r', v) ORDER BY a",
                "true  | SharedMergeTree('/c', 'r') ORDER BY a",
                "false | MergeTree ORDER BY a SETTINGS non_replicated_deduplication_window = 10000",
                "false | ReplacingMergeTree(v) ORDER BY a",
            })
    void onlyReplicatedEnginesKeepTokenAndPartTogether(boolean together, String engineClause) {
        assertThat(TokenMemory.of(engineClause).outlivesServer()).isEqualTo(together);
    }

    @Test
    void aWindowThatIsLargeEnoughPasses() {
        FakeClickHouse clickHouse = new FakeClickHouse().withWindow(TokenMemory.SMALLEST);

        assertThatNoException().isThrownBy(() -> TokenMemory.check(clickHouse, Blocks.IMPATIENT, Blocks.TABLE));
    }

    @Test
    void aWindowThatIsTooSmallIsRefusedWithWhatToDo() {
        FakeClickHouse clickHouse = new FakeClickHouse().withWindow(999);

        assertThatExceptionOfType(InsertFailure.Fatal.class)
                .isThrownBy(() -> TokenMemory.check(clickHouse, Blocks.IMPATIENT, Blocks.TABLE))
                .withMessageContaining("numbers remembers 999 blocks")
                .withMessageContaining("at least 1000")
                .withMessageContaining("migrations");
    }
}
