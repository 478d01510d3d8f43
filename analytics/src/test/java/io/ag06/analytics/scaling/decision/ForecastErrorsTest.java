package io.ag06.analytics.scaling.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ag06.analytics.scaling.memory.Memory;
import org.junit.jupiter.api.Test;

class ForecastErrorsTest {
    private final ForecastErrors errors = new ForecastErrors(new Memory(), 1.4);

    @Test
    void toBeginWithItBelievesInWhatItWasToldToBelieve() {
        assertThat(errors.quantile(0.99)).isCloseTo(1.4, within(0.02));

        for (int i = 0; i < 100; i++) {
            errors.learn(1);
        }
        // Three believed ones of 103 are more than one in a hundred.
        assertThat(errors.quantile(0.99)).isCloseTo(1.4, within(0.02));
        assertThat(errors.quantile(0.5)).isCloseTo(1, within(0.02));
    }

    @Test
    void withEnoughItIsTheQuantileOfWhatHasCome() {
        for (int i = 0; i < 5_000; i++) {
            errors.learn(i % 50 == 0 ? 1.2 : i % 2 == 0 ? 0.95 : 1.05);
        }

        assertThat(errors.quantile(0.99)).isCloseTo(1.2, within(0.02));
        assertThat(errors.quantile(0.9)).isCloseTo(1.05, within(0.02));
        assertThat(errors.quantile(0.2)).isCloseTo(0.95, within(0.02));
    }

    @Test
    void whatLiesOutsideCountsAtTheEnds() {
        for (int i = 0; i < 1_000; i++) {
            errors.learn(i % 2 == 0 ? 0 : 1e12);
        }

        assertThat(errors.quantile(0.99)).isCloseTo(8, within(0.1));
        assertThat(errors.quantile(0.01)).isCloseTo(0.5, within(0.01));
    }
}
