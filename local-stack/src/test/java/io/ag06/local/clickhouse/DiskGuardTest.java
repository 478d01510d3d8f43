package io.ag06.local.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiskGuardTest implements DiskGuard.Merges {
    private static final long RESERVE = 1_000 << 20;

    private final List<String> told = new ArrayList<>();
    private long usable = 2 * RESERVE;
    private final DiskGuard guard = new DiskGuard(() -> usable, RESERVE, this);

    @Test
    void withRoomEverythingGoesOn() {
        guard.look();

        assertThatNoException().isThrownBy(guard::requireRoom);
        assertThat(told).isEmpty();
    }

    @Test
    void belowTheReserveMergesStopAndDataIsRefusedWithClickHousesCode() {
        usable = RESERVE - 1;
        guard.look();
        guard.look();

        assertThat(told).containsExactly("stop");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(guard::requireRoom)
                .withMessageContaining("1,000 MiB")
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(243));
    }

    @Test
    void itGoesOnWhenThereIsRoomToSpareAndNotOnTheBrink() {
        usable = 0;
        guard.look();
        usable = RESERVE + RESERVE / 8;
        guard.look();
        assertThatExceptionOfType(EngineException.class).isThrownBy(guard::requireRoom);

        usable = RESERVE + RESERVE / 4;
        guard.look();

        assertThat(told).containsExactly("stop", "start");
        assertThatNoException().isThrownBy(guard::requireRoom);
    }

    @Test
    void theReserveIsATwentiethWithinBounds() {
        assertThat(DiskGuard.reserveOf(10L << 30)).isEqualTo(512L << 20);
        assertThat(DiskGuard.reserveOf(1L << 30)).isEqualTo(64L << 20);
        assertThat(DiskGuard.reserveOf(1L << 40)).isEqualTo(1L << 30);
    }

    @Override
    public void stop() {
        told.add("stop");
    }

    @Override
    public void start() {
        told.add("start");
    }
}
