package io.ag06.analytics.scaling.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ag06.analytics.scaling.memory.Memory;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Three waves of a day of 24 steps, and of a week. */
class FourierTermsTest {
    private final FourierTerms terms = new FourierTerms("waves", new Memory(), List.of(24, 168), 3, 1000);
    private final double[] forecast = new double[48];

    @Test
    void wavesAreForecastAsTheyAre() {
        observe(1000, 0);

        terms.forecast(forecast);
        for (int step = 0; step < 48; step++) {
            assertThat(forecast[step]).isCloseTo(waves(1000 + step), within(0.05));
        }
    }

    /** A remainder of 0.8 times the one before has all but gone after a day. */
    @Test
    void whatIsLeftFadesAsTheSeriesHasShownItTo() {
        double remainder = observe(2000, 1);

        terms.forecast(forecast);
        assertThat(forecast[0] - waves(2000)).isCloseTo(0.8 * remainder, within(0.5));
        assertThat(forecast[30] - waves(2030)).isCloseTo(0, within(0.5));
    }

    @Test
    void twoSeasonsAndTwoDifferentValuesAreNeeded() {
        for (int step = 0; step < 100; step++) {
            terms.observe(3);
        }
        assertThat(terms.isReady()).isFalse();
        terms.observe(4);
        assertThat(terms.isReady()).isTrue();
    }

    private double observe(int steps, double noise) {
        var random = new Random(4);
        double remainder = 0;
        for (int step = 0; step < steps; step++) {
            remainder = 0.8 * remainder + noise * random.nextGaussian();
            terms.observe(waves(step) + remainder);
        }
        return remainder;
    }

    private static double waves(int step) {
        double day = 2 * Math.PI * step / 24;
        return 100 + 20 * Math.sin(day) - 5 * Math.cos(3 * day) + 8 * Math.sin(day / 7);
    }
}
