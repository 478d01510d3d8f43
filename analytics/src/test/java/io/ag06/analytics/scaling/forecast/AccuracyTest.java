package io.ag06.analytics.scaling.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Measures of two steps that can be followed with a pencil. */
class AccuracyTest {
    private static final List<ForecastStep> FORECAST =
            List.of(new ForecastStep(1, 10, 8, 12, 6, 14, "a"), new ForecastStep(2, 20, 18, 22, 16, 24, "a"));

    /**
     * From one season of two steps to the next the values change by 3 and 1: q = 2. The first value, 11, is inside of
     * both intervals and off by 1; the second, 26, is outside of both and off by 6.
     */
    @Test
    void eachMeasureIsAsItIsDefined() {
        Accuracy accuracy = Accuracy.of(new double[] {1, 2, 4, 3}, 2, FORECAST, new double[] {11, 26});

        assertThat(accuracy.smape()).isCloseTo((200.0 / 21 + 1200.0 / 46) / 2, within(1e-12));
        assertThat(accuracy.mase()).hasValue(3.5 / 2);
        assertThat(accuracy.msis()).hasValue((8 + 8 + 40 * 2) / 2.0 / 2);
        assertThat(accuracy.coverage80()).isEqualTo(0.5);
        assertThat(accuracy.coverage95()).isEqualTo(0.5);
        assertThat(accuracy.width80()).hasValue(4.0 / 2);
        assertThat(accuracy.width95()).hasValue(8.0 / 2);
    }

    @Test
    void aStepWithoutAValueCountsNowhere() {
        double[] before = {1, 2, 4, 3};

        Accuracy second = Accuracy.of(before, 2, FORECAST, new double[] {Double.NaN, 26});
        assertThat(second.smape()).isEqualTo(1200.0 / 46);
        assertThat(second.mase()).hasValue(6.0 / 2);
        assertThat(second.coverage95()).isZero();
        assertThat(Accuracy.of(before, 2, FORECAST, new double[] {11, Double.NaN}))
                .isEqualTo(Accuracy.of(before, 2, FORECAST, new double[] {11}));
        assertThatThrownBy(() -> Accuracy.of(before, 2, FORECAST, new double[] {Double.NaN}))
                .hasMessageContaining("Nothing came");
    }

    @Test
    void aValueOnABoundIsInside() {
        Accuracy accuracy = Accuracy.of(new double[] {1, 2}, 1, FORECAST, new double[] {8, 24});

        assertThat(accuracy.coverage80()).isEqualTo(0.5);
        assertThat(accuracy.coverage95()).isEqualTo(1);
        assertThat(accuracy.msis()).hasValue(8);
    }

    @Test
    void whereNothingEverChangedThereIsNoScale() {
        Accuracy accuracy = Accuracy.of(new double[] {5, 5, Double.NaN, 5}, 1, FORECAST, new double[] {10});

        assertThat(accuracy.smape()).isZero();
        assertThat(accuracy.mase()).isEmpty();
        assertThat(accuracy.msis()).isEmpty();
        assertThat(accuracy.width95()).isEmpty();
        assertThat(Accuracy.of(new double[0], 24, FORECAST, new double[] {10}).mase())
                .isEmpty();
    }

    @Test
    void zeroForecastAsZeroIsNoError() {
        List<ForecastStep> zero = List.of(new ForecastStep(1, 0, 0, 0, 0, 0, "a"));

        assertThat(Accuracy.of(new double[] {1, 2}, 1, zero, new double[] {0}).smape())
                .isZero();
        assertThat(Accuracy.of(new double[] {1, 2}, 1, zero, new double[] {3}).smape())
                .isEqualTo(200);
    }

    @Test
    void noValueOrMoreThanWereForecastAreRefused() {
        assertThatThrownBy(() -> Accuracy.of(new double[2], 1, FORECAST, new double[0]))
                .hasMessageContaining("0");
        assertThatThrownBy(() -> Accuracy.of(new double[2], 1, FORECAST, new double[3]))
                .hasMessageContaining("3");
    }
}
