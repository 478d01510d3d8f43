package io.ag06.analytics.goldensignals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Percentiles against the exact ones, on latencies as services have them. */
class LatencyAccuracyTest {
    private static final int[] PERMILLE = {500, 900, 950, 990, 999};
    private static final int LATENCIES = 100_000;

    enum Shape {
        LOGNORMAL,
        BIMODAL,
        HEAVY_TAILED;

        double latencyUs(Random random) {
            return switch (this) {
                // Around 20 ms, as most services.
                case LOGNORMAL -> 20_000 * Math.exp(0.6 * random.nextGaussian());
                // A cache that answers in 0.8 ms, and misses in every fifth case.
                case BIMODAL ->
                    random.nextInt(5) == 0
                            ? 90_000 * Math.exp(0.1 * random.nextGaussian())
                            : 800 * Math.exp(0.2 * random.nextGaussian());
                // Pareto with exponent 1.1: hardly a mean, from 1 ms to minutes.
                case HEAVY_TAILED -> 1_000 / Math.pow(1 - random.nextDouble(), 1 / 1.1);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void percentilesAreWithinOnePercentOfTheExactOnes(Shape shape) {
        var random = new Random(20261123);
        long[] latencies = new long[LATENCIES];
        var bins = LatencyBins.EMPTY;
        for (int i = 0; i < latencies.length; i++) {
            latencies[i] = Math.max(1, Math.round(shape.latencyUs(random)));
            bins = bins.plus(LatencyBins.of(latencies[i]));
        }
        Arrays.sort(latencies);

        for (int permille : PERMILLE) {
            double exact = latencies[(int) (permille * (LATENCIES - 1L) / 1000)];
            assertThat(bins.quantile(permille).orElseThrow())
                    .as("%s per mille of %s", permille, shape)
                    .isCloseTo(exact, within(0.01 * exact));
        }
    }
}
