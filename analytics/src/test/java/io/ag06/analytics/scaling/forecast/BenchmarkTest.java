package io.ag06.analytics.scaling.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Forecasts that can be made with a pencil. */
class BenchmarkTest {
    private static final double NONE = Double.NaN;

    @Test
    void theLastValueStaysAndTheIntervalGrowsWithTheRootOfTheSteps() {
        // Changes of 3, -1 and 2: their mean square is 14 / 3.
        List<ForecastStep> steps = Benchmark.NAIVE.forecast(new double[] {1, 4, 3, 5}, 2, 4);

        assertThat(steps).extracting(ForecastStep::mean).containsExactly(5.0, 5.0, 5.0, 5.0);
        assertThat(steps.get(0).hi95()).isCloseTo(5 + 1.96 * Math.sqrt(14 / 3.0), within(1e-3));
        assertThat(steps.get(3).lo80()).isCloseTo(5 - 1.2816 * Math.sqrt(14 / 3.0) * 2, within(1e-3));
    }

    @Test
    void theLastSeasonComesAgainAndTheIntervalGrowsWithTheSeasons() {
        // From one season of two steps to the next: 2 and 1, so the mean square is 2.5.
        List<ForecastStep> steps = Benchmark.SEASONAL_NAIVE.forecast(new double[] {1, 4, 3, 5}, 2, 3);

        assertThat(steps).extracting(ForecastStep::mean).containsExactly(3.0, 5.0, 3.0);
        assertThat(steps.get(1).hi95()).isCloseTo(5 + 1.96 * Math.sqrt(2.5), within(1e-3));
        assertThat(steps.get(2).hi95()).isCloseTo(3 + 1.96 * Math.sqrt(5), within(1e-3));
    }

    @Test
    void aSeasonThatMultipliesIsTakenOutOfTheLastValue() {
        double[] factors = {0.5, 1, 1.5, 1};
        double[] values =
                IntStream.range(0, 25).mapToDouble(i -> 8 * factors[i % 4]).toArray();

        List<ForecastStep> steps = Benchmark.NAIVE2.forecast(values, 4, 5);

        assertThat(steps.stream().mapToDouble(ForecastStep::mean).toArray())
                .containsExactly(new double[] {8, 12, 8, 4, 8}, within(1e-9));
        assertThat(Benchmark.NAIVE2.hasIntervals()).isFalse();
    }

    @Test
    void whereNoSeasonShowsTheLastValueStays() {
        double[] rise =
                IntStream.range(0, 40).mapToDouble(i -> i % 2 == 0 ? i : 3).toArray();
        double[] zeros =
                IntStream.range(0, 40).mapToDouble(i -> i % 4 == 0 ? 7 : 0).toArray();
        double[] constant = IntStream.range(0, 40).mapToDouble(i -> 7).toArray();
        double[] few = {1, 2, 1, 2, 1};

        assertThat(means(Benchmark.NAIVE2, rise, 7)).containsOnly(3);
        assertThat(means(Benchmark.NAIVE2, zeros, 4)).containsOnly(0);
        assertThat(means(Benchmark.NAIVE2, constant, 4)).containsOnly(7);
        assertThat(means(Benchmark.NAIVE2, few, 2)).containsOnly(1);
        assertThat(means(Benchmark.NAIVE2, few, 1)).containsOnly(1);
    }

    @Test
    void gapsAreFilledWithWhatWasASeasonBefore() {
        double[] values = {NONE, 1, 2, NONE, 4, NONE};

        assertThat(means(Benchmark.NAIVE, values, 2)).containsOnly(1);
        assertThat(means(Benchmark.SEASONAL_NAIVE, values, 2)).containsExactly(4, 1, 4);
        assertThat(means(Benchmark.SEASONAL_NAIVE, new double[] {NONE, 3}, 24)).containsOnly(3);
        assertThat(Benchmark.NAIVE.forecast(new double[] {3}, 24, 1).get(0).hi95())
                .isEqualTo(3);
    }

    private static double[] means(Benchmark benchmark, double[] values, int season) {
        return benchmark.forecast(values, season, 3).stream()
                .mapToDouble(ForecastStep::mean)
                .toArray();
    }
}
