package io.ag06.analytics.goldensignals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatencyBinsTest {
    private static final double ONE_PERCENT = 0.01 * (1 + 1e-12);

    @Property
    void aLatencyIsWithinOnePercentOfItsBinsValue(@ForAll @LongRange(min = 1) long latencyUs) {
        assertThat(LatencyBins.value(LatencyBins.bin(latencyUs)))
                .isCloseTo((double) latencyUs, within(latencyUs * ONE_PERCENT));
    }

    @Property
    void aBinsValueIsThatOfSketchesJava(@ForAll @IntRange(max = 2183) int bin) {
        double theirs = new LogarithmicMapping(0.01).value(bin);
        assertThat(LatencyBins.value(bin)).isCloseTo(theirs, within(theirs * 1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0, 1.01", "1, 1.0304040404040404"})
    void theFirstBinsValuesByHand(int bin, double value) {
        assertThat(LatencyBins.value(bin)).isCloseTo(value, within(1e-15));
    }

    @Test
    void everyBinsValueIsTheTrueOneToFourteenDigits() {
        var gamma = new BigDecimal("1.01").divide(new BigDecimal("0.99"), MathContext.DECIMAL128);
        var exact = new BigDecimal("1.01");
        for (int bin = 0; bin <= 2183; bin++) {
            double expected = exact.doubleValue();
            assertThat(LatencyBins.value(bin)).as("bin %s", bin).isCloseTo(expected, within(expected * 1e-14));
            exact = exact.multiply(gamma, MathContext.DECIMAL128);
        }
    }

    @Test
    void theLargestLatencyHasTheLastBin() {
        assertThat(LatencyBins.bin(1)).isZero();
        assertThat(LatencyBins.bin(Long.MAX_VALUE)).isEqualTo(2183);
    }

    @Test
    void aLatencyOfZeroHasNoBin() {
        assertThatThrownBy(() -> LatencyBins.bin(0)).hasMessageContaining("not 0");
        assertThat(LatencyBins.of(0).zeros()).isOne();
        assertThat(LatencyBins.of(0).counts()).isEmpty();
    }

    @Test
    void withoutLatenciesThereIsNoQuantile() {
        assertThat(LatencyBins.EMPTY.quantile(500)).isEmpty();
    }

    @Test
    void oneLatencyIsEveryQuantile() {
        var one = LatencyBins.of(1);
        assertThat(one.quantile(0)).hasValue(1.01);
        assertThat(one.quantile(500)).hasValue(1.01);
        assertThat(one.quantile(1000)).hasValue(1.01);
    }

    @Test
    void zerosComeFirst() {
        // Ranks 0..2 are zeros, 3 is bin 0, 4 is bin 1: n = 5, the rank of p50 is 2, of p75 is 3.
        var bins = LatencyBins.of(3, Map.of(0, 1L, 1, 1L));
        assertThat(bins.quantile(500)).hasValue(0);
        assertThat(bins.quantile(749)).hasValue(0);
        assertThat(bins.quantile(750)).hasValue(1.01);
        assertThat(bins.quantile(1000)).hasValue(LatencyBins.value(1));
    }

    @Test
    void onlyZerosHaveTheQuantileZero() {
        assertThat(LatencyBins.of(7, Map.of()).quantile(999)).hasValue(0);
    }

    @Test
    void aWholeRankIsNotMissedByRounding() {
        // n = 1001, so the rank of p99.9 is 999 and that of p29 is 290, which 0.29 * 1000 = 289.99... would miss.
        assertThat(LatencyBins.of(0, Map.of(0, 999L, 5, 2L)).quantile(999)).isEqualTo(valueOf(5));
        assertThat(LatencyBins.of(0, Map.of(0, 290L, 5, 711L)).quantile(290)).isEqualTo(valueOf(5));
    }

    @Test
    void aBinThatCountsNothingIsNoBin() {
        assertThat(LatencyBins.of(1, Map.of(4, 0L))).isEqualTo(LatencyBins.of(0));
    }

    @Test
    void negativeCountsAreRefused() {
        assertThatThrownBy(() -> LatencyBins.of(0, Map.of(4, -1L))).hasMessageContaining("must not be negative");
        assertThatThrownBy(() -> LatencyBins.of(-1, Map.of())).hasMessageContaining("must not be negative");
    }

    private static OptionalDouble valueOf(int bin) {
        return OptionalDouble.of(LatencyBins.value(bin));
    }
}
