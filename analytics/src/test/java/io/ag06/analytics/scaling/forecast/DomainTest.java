package io.ag06.analytics.scaling.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ag06.analytics.scaling.memory.History;
import io.ag06.analytics.scaling.memory.Memory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Logarithms for which ten values are looked at. */
class DomainTest {
    private final List<Double> shown = new ArrayList<>();
    private final Memory memory = new Memory();
    private final History values = new History(memory, 1000);
    private final Domain domain =
            Domain.logarithms(memory, values, 1000, 10, (memory, transformed) -> List.of(new Recording()));

    @Test
    void whatCameBeforeTheOffsetWasKnownIsTakenIn() {
        observe(9, 5);
        assertThat(shown).isEmpty();
        observe(1, 5);
        assertThat(shown)
                .hasSize(10)
                .allSatisfy(value -> assertThat(value).isCloseTo(Math.log(1.05 * 5), within(1e-12)));
    }

    /** Else the first value after a month of zeros would cost as much as the month. */
    @Test
    void afterManyZerosNoMoreThanAreLookedAtAreTakenIn() {
        observe(900, 0);
        observe(1, 20);

        assertThat(shown).hasSize(10);
        assertThat(shown.get(9)).isCloseTo(Math.log(20 + 0.05 * 2), within(1e-12));
    }

    @Test
    void aSeriesBelowZeroHasNone() {
        observe(9, 5);
        observe(20, -1);
        assertThat(shown).isEmpty();
    }

    private void observe(int times, double value) {
        for (int time = 0; time < times; time++) {
            domain.observe(value);
            values.add(value);
        }
    }

    private final class Recording implements Method {
        @Override
        public String name() {
            return "recording";
        }

        @Override
        public void observe(double value) {
            shown.add(value);
        }

        @Override
        public boolean isReady() {
            return false;
        }

        @Override
        public void forecast(double[] into) {
            throw new IllegalStateException("It is never ready");
        }
    }
}
