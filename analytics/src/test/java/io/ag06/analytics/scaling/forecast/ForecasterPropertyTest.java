package io.ag06.analytics.scaling.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class ForecasterPropertyTest {
    private static final ForecastSettings SETTINGS = new ForecastSettings(12, List.of(12, 84));
    private static final double[] UNITS = {1e-320, 1e-300, 1e-160, 1e-9, 1e9, 1e160, 1e300, 1e307};

    @Property(tries = 40)
    void aSeriesInOtherUnitsHasItsForecastInThem(
            @ForAll SyntheticSeries kind,
            @ForAll @IntRange(min = 1, max = 300) int length,
            @ForAll @DoubleRange(min = -6, max = 6) double magnitude) {
        double factor = Math.pow(10, magnitude);
        double[] values = kind.values(length, 12, 1);
        Forecast forecast = forecast(values);
        Forecast scaled =
                forecast(Arrays.stream(values).map(value -> factor * value).toArray());

        double size = Arrays.stream(values).map(Math::abs).average().getAsDouble();
        for (int i = 0; i < SETTINGS.horizon(); i++) {
            ForecastStep step = forecast.steps().get(i);
            ForecastStep other = scaled.steps().get(i);
            assertThat(other.model()).isEqualTo(step.model());
            assertThat(other.mean() / factor).isCloseTo(step.mean(), within(1e-6 * size));
            assertThat(other.lo80() / factor).isCloseTo(step.lo80(), within(1e-6 * size));
            assertThat(other.hi95() / factor).isCloseTo(step.hi95(), within(1e-6 * size));
        }
    }

    @Property(tries = 40)
    void theSameSeriesLaterHasTheSameForecastLater(
            @ForAll SyntheticSeries kind,
            @ForAll @IntRange(min = 1, max = 200) int length,
            @ForAll @IntRange(min = 1, max = 50) int later) {
        double[] values = kind.values(length, 12, 2);
        double[] shifted = new double[later + length];
        Arrays.fill(shifted, 0, later, Double.NaN);
        System.arraycopy(values, 0, shifted, later, length);

        assertThat(forecast(shifted)).isEqualTo(forecast(values));
    }

    @Property(tries = 40)
    void aConstantForecastsItselfWithNoWidth(
            @ForAll @DoubleRange(min = -1e9, max = 1e9) double value,
            @ForAll @IntRange(min = 19, max = 300) int length) {
        double[] values = new double[length];
        Arrays.fill(values, value);

        assertThat(forecast(values).steps()).allSatisfy(step -> {
            assertThat(step.mean()).isEqualTo(value);
            assertThat(step.lo95()).isEqualTo(value);
            assertThat(step.hi95()).isEqualTo(value);
        });
    }

    @Property(tries = 60)
    void boundsAreInOrderAndCountsAreNeverNegative(
            @ForAll SyntheticSeries kind, @ForAll @IntRange(min = 1, max = 400) int length, @ForAll long seed) {
        double[] values = kind.values(length, 12, seed);

        assertThat(forecast(values).steps()).allSatisfy(step -> {
            assertThat(step.lo95()).isLessThanOrEqualTo(step.lo80());
            assertThat(step.lo80()).isLessThanOrEqualTo(step.mean());
            assertThat(step.mean()).isLessThanOrEqualTo(step.hi80());
            assertThat(step.hi80()).isLessThanOrEqualTo(step.hi95());
            assertThat(step.hi95()).isFinite();
            if (Arrays.stream(values).allMatch(value -> value >= 0)) {
                assertThat(step.lo95()).isNotNegative();
            }
        });
    }

    /** Whatever was measured, at any time while it comes in: a number that is not finite would be taken for a gap. */
    @Property(tries = 600)
    void eachForecastIsFiniteAndInOrder(
            @ForAll OddSeries kind,
            @ForAll @IntRange(min = 0, max = 400) int length,
            @ForAll @IntRange(min = 0, max = 11) int units,
            @ForAll boolean far,
            @ForAll long seed) {
        double[] values = kind.values(length, units < UNITS.length ? UNITS[units] : 1, seed);
        boolean negative = Arrays.stream(values).anyMatch(value -> value < 0);
        var forecaster = new Forecaster(far ? new ForecastSettings(48, List.of(24, 168)) : SETTINGS);
        for (int step = 0; step < length; step++) {
            forecaster.observe(values[step]);
            if (forecaster.hasBegun() && (step % 13 == 0 || step == length - 1)) {
                assertThat(forecaster.forecast().steps()).allMatch(ahead -> isInOrder(ahead, negative));
            }
        }
    }

    private static boolean isInOrder(ForecastStep step, boolean negative) {
        return (negative ? -Double.MAX_VALUE : 0) <= step.lo95()
                && step.lo95() <= step.lo80()
                && step.lo80() <= step.mean()
                && step.mean() <= step.hi80()
                && step.hi80() <= step.hi95()
                && step.hi95() <= Double.MAX_VALUE;
    }

    @Property(tries = 20)
    void whatWasSavedGoesOnAsIfNothingHadHappened(
            @ForAll SyntheticSeries kind,
            @ForAll @IntRange(min = 1, max = 300) int before,
            @ForAll @IntRange(min = 0, max = 40) int after) {
        double[] values = kind.values(before + after, 12, 3);
        var straight = new Forecaster(SETTINGS);
        var first = new Forecaster(SETTINGS);
        for (int i = 0; i < before; i++) {
            straight.observe(values[i]);
            first.observe(values[i]);
        }
        var second = Forecaster.restored(SETTINGS, first.save());
        for (int i = before; i < values.length; i++) {
            straight.observe(values[i]);
            second.observe(values[i]);
        }

        assertThat(second.forecast()).isEqualTo(straight.forecast());
        assertThat(second.standings()).isEqualTo(straight.standings());
        assertThat(second.size()).isEqualTo(first.save().length);
    }

    private static Forecast forecast(double[] values) {
        var forecaster = new Forecaster(SETTINGS);
        Arrays.stream(values).forEach(forecaster::observe);
        return forecaster.forecast();
    }
}
