package io.ag06.local.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {
    private static final int BYTES = 1_000_003;

    @TempDir
    Path directory;

    private static byte[] data() {
        byte[] data = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            data[i] = (byte) (i % 251);
        }
        return data;
    }

    /** Budgets for everything in memory, for a move to the file half-way, and for the file alone. */
    @ParameterizedTest
    @ValueSource(longs = {10_000_000, 600_000, 0})
    void bytesComeBackFromMemoryAndFromTheFile(long budgetBytes) throws IOException {
        var budget = new MemoryBudget(budgetBytes);
        try (var spool = new Spool(budget, directory, BYTES, 307)) {
            spool.fill(new ByteArrayInputStream(data()));

            assertThat(spool.isInFile()).isEqualTo(budgetBytes < BYTES);
            assertThat(spool.size()).isEqualTo(BYTES);
            assertThat(spool.prefix(10)).isEqualTo(Arrays.copyOf(data(), 10));
            assertThat(spool.read(777_777).readAllBytes()).isEqualTo(Arrays.copyOfRange(data(), 777_777, BYTES));
            assertThat(spool.read(0).readAllBytes()).isEqualTo(data());
        }
        assertThat(budget.left()).isEqualTo(budgetBytes);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aByteAboveTheLimitIsAnError() throws IOException {
        try (var spool = new Spool(new MemoryBudget(1 << 20), directory, 9, 307)) {
            assertThatThrownBy(() -> spool.write(new byte[10])).isInstanceOf(BodyException.class);
        }
    }
}
