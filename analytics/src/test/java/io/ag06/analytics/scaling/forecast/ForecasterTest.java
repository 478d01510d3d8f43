package io.ag06.analytics.scaling.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a forecast does with series that are not as they should be, and what it says of them. */
class ForecasterTest {
    private static final int DAY = 24;
    private static final ForecastSettings SETTINGS = new ForecastSettings(48, List.of(DAY, 7 * DAY));

    @Test
    void aPureSeasonIsForecastNearlyWithoutError() {
        Forecast forecast = forecast(days(30));

        assertThat(forecast.steps())
                .allSatisfy(step -> assertThat(step.mean()).isCloseTo(day(30 * DAY + step.ahead() - 1), within(0.05)));
        assertThat(forecast.quality().assumptions()).isEmpty();
    }

    @Test
    void gapsAreFilledByTheForecastAndSaid() {
        double[] values = days(30);
        Arrays.fill(values, 400, 430, Double.NaN);
        Arrays.fill(values, 715, 720, Double.POSITIVE_INFINITY);
        Forecast forecast = forecast(values);

        assertThat(forecast.steps().get(0).mean()).isCloseTo(day(720), within(0.2));
        assertThat(forecast.quality().gaps()).isEqualTo(35);
        assertThat(forecast.quality().gapsAtEnd()).isEqualTo(5);
        assertThat(forecast.quality().assumptions())
                .containsExactly(
                        "35 of 720 steps had no value; the forecast was taken for them", "the last 5 steps had none");
    }

    @Test
    void anOutlierMovesTheForecastByLittleAndIsSaid() {
        double[] values = SyntheticSeries.DEMAND.values(720, DAY, 5);
        double[] spoiled = values.clone();
        spoiled[700] *= 1000;
        Forecast straight = forecast(values);
        Forecast forecast = forecast(spoiled);

        for (int i = 0; i < 48; i++) {
            double mean = straight.steps().get(i).mean();
            assertThat(forecast.steps().get(i).mean()).isCloseTo(mean, within(0.25 * mean));
        }
        assertThat(forecast.quality().tempered()).isEqualTo(straight.quality().tempered() + 1);
    }

    @Test
    void aNewLevelIsBelievedAfterThreeValues() {
        double[] values = days(30);
        double[] noise = SyntheticSeries.NOISE.values(720, DAY, 1);
        double noiseSize = Arrays.stream(noise).average().getAsDouble();
        Arrays.setAll(values, i -> values[i] + 0.2 * noise[i] / noiseSize + (i < 660 ? 0 : 100));
        Forecast forecast = forecast(values);

        assertThat(forecast.quality().shifts()).isPositive();
        assertThat(forecast.steps().get(0).mean()).isCloseTo(100 + day(720), within(10.0));
    }

    @Test
    void nightsOfZerosAreForecastAsZeros() {
        double[] values = SyntheticSeries.NIGHTS.values(24 * 30, DAY, 4);
        Forecast forecast = forecast(values);

        IntStream.range(0, 48)
                .filter(i -> i % DAY <= 8 || i % DAY >= 21)
                .forEach(i -> assertThat(forecast.steps().get(i).mean()).isZero());
        assertThat(forecast.steps().get(12).mean()).isPositive();
    }

    /**
     * The seasonal naive method was without error at some horizons, so that both combinations lost to it without end.
     */
    @Test
    void whereTheBenchmarkHadNoErrorThereIsAForecastAllTheSame() {
        double[] values = new double[49];
        values[24] = 5;
        values[27] = 3;

        assertThat(forecast(values).steps())
                .allSatisfy(step -> assertThat(step.hi95()).isFinite());
    }

    @Test
    void theLargestAndTheSmallestNumbersAreForecastAsOthersAre() {
        double[] values = days(30);
        Forecast forecast = forecast(values);

        for (double unit : new double[] {0x1p1010, 0x1p-1000}) {
            Forecast other =
                    forecast(Arrays.stream(values).map(value -> unit * value).toArray());
            assertThat(other.steps().get(30).mean() / unit)
                    .isCloseTo(forecast.steps().get(30).mean(), within(1e-9));
            assertThat(other.steps().get(30).hi95() / unit)
                    .isCloseTo(forecast.steps().get(30).hi95(), within(1e-9));
        }
    }

    /** Nine digits of the largest number of all, rounded up, are none. */
    @Test
    void boundsStayFiniteWhereTheyAreRounded() {
        assertThat(forecast(1.7e308, -1.7e308, 1.7e308, -1.7e308).steps())
                .allMatch(step -> step.hi95() <= 1.7976e308 && step.lo95() >= -1.7976e308);
    }

    @Test
    void aSensorGoneDeadIsSaid() {
        double[] values = SyntheticSeries.DEMAND.values(720, DAY, 6);
        Arrays.fill(values, 690, 720, values[690]);

        assertThat(forecast(values).quality().sameAtEnd()).isEqualTo(29);
        assertThat(forecast(Arrays.copyOf(values, 690)).quality().sameAtEnd()).isZero();
    }

    @Test
    void nightsOfZerosAndConstantsAreNoDeadSensors() {
        double[] constant = new double[200];
        assertThat(forecast(constant).quality().sameAtEnd()).isZero();

        double[] nights = SyntheticSeries.NIGHTS.values(24 * 30 + 9, DAY, 4);
        assertThat(forecast(nights).quality().sameAtEnd()).isZero();
    }

    @Test
    void oneValueIsForecastAsItselfAndWhatIsNotKnownIsSaid() {
        Forecast forecast = forecast(7);

        assertThat(forecast.steps())
                .hasSize(48)
                .allSatisfy(step -> assertThat(step.mean()).isEqualTo(7));
        assertThat(forecast.quality().calibrated()).isFalse();
        assertThat(forecast.quality().seasonsUnseen()).containsExactly(DAY, 7 * DAY);
        assertThat(forecast.steps().get(0).model()).isEqualTo("naive");
    }

    /** Within a day the last value may have been nearer for hours, by night: that says nothing of the next day. */
    @Test
    void fromOneDayOnTheSeasonalNaiveMethodStandsUntilItCouldBeJudged() {
        double[] values = SyntheticSeries.DAYLIGHT.values(60, DAY, 3);

        assertThat(forecast(Arrays.copyOf(values, 23)).steps())
                .allMatch(step -> step.model().equals("naive") && step.mean() == values[22]);
        for (int length : new int[] {24, 30, 36, 47, 48, 60}) {
            assertThat(forecast(Arrays.copyOf(values, length)).steps().stream()
                            .filter(step -> length - step.ahead() < 2 * DAY - 6))
                    .isNotEmpty()
                    .allMatch(step -> step.model().equals("seasonal naive 24")
                            && step.mean() == values[length - DAY + (step.ahead() - 1) % DAY]);
        }
    }

    @Test
    void twoDaysWithNightsOfZerosAreForecastWithThem() {
        double[] values = SyntheticSeries.NIGHTS.values(2 * DAY, DAY, 4);

        assertThat(forecast(values).steps().stream().filter(step -> values[DAY + (step.ahead() - 1) % DAY] == 0))
                .hasSizeGreaterThan(20)
                .allMatch(step -> step.mean() == 0);
    }

    @Test
    void aFewValuesHaveAnIntervalOfTheirChanges() {
        ForecastStep next = forecast(10, 12, 10, 12, 10).steps().get(0);

        assertThat(next.mean()).isEqualTo(10);
        assertThat(next.hi95() - next.mean()).isCloseTo(2 * 2.456, within(1e-9));
        assertThat(next.mean() - next.lo80()).isCloseTo(2 * 1.606, within(1e-9));
    }

    /** One value says nothing of the next; of 4 alike the next is with 4 : 1, of 19 with 19 : 1. */
    @Test
    void aFewValuesThatAreTheSameAreNotCertain() {
        ForecastStep afterOne = forecast(7).steps().get(0);
        assertThat(afterOne.lo80()).isZero();
        assertThat(afterOne.hi80()).isEqualTo(14);
        assertThat(afterOne.hi95()).isEqualTo(14);

        ForecastStep afterFour = forecast(7, 7, 7, 7).steps().get(47);
        assertThat(afterFour.hi80()).isEqualTo(7);
        assertThat(afterFour.lo95()).isZero();
        assertThat(afterFour.hi95()).isEqualTo(14);
    }

    @Test
    void zerosOfWhichSomeOfTheLastWereNoneAreNotCertain() {
        for (int zeros : new int[] {40, 100, 400, 700}) {
            double[] values = new double[zeros + 10];
            values[zeros + 1] = 5;
            values[zeros + 5] = 7;
            values[zeros + 9] = 100;

            assertThat(forecast(values).steps())
                    .anyMatch(step -> step.hi95() > step.lo95())
                    .allMatch(step -> step.hi95() <= 200);
        }
    }

    /** Errors of the days when the level changed are as large as the change, not as many times what errors are now. */
    @Test
    void afterALevelBecameFiveTimesAsHighIntervalsAreNotManyTimesAsWide() {
        double[] noise = SyntheticSeries.NOISE.values(700, DAY, 2);
        double noiseSize = Arrays.stream(noise).average().getAsDouble();
        double[] values = new double[700];
        Arrays.setAll(values, i -> (day(i) + noise[i] / noiseSize) * (i < 650 ? 1 : 5));

        assertThat(forecast(values).steps()).allSatisfy(step -> {
            double came = 5 * (day(699 + step.ahead()) + 1);
            assertThat(step.hi95()).isBetween(came, 5 * came);
        });
    }

    @Test
    void withoutAnyValueThereIsNoForecast() {
        var forecaster = new Forecaster(SETTINGS);
        forecaster.observe(Double.NaN);

        assertThatThrownBy(forecaster::forecast).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSeriesWithoutSeasonsIsForecastToo() {
        var forecaster = new Forecaster(new ForecastSettings(5, List.of()));
        IntStream.range(0, 300).forEach(i -> forecaster.observe(50 + 2 * i));

        assertThat(forecaster.forecast().steps().get(4).mean()).isCloseTo(50 + 2 * 304, within(3.0));
    }

    @Test
    void theLeaguesTableNamesEachMethodAtEachHorizonOnceAndItsWeightsSumToOne() {
        var forecaster = new Forecaster(SETTINGS);
        Arrays.stream(SyntheticSeries.DEMAND.values(720, DAY, 1)).forEach(forecaster::observe);
        List<Standing> standings = forecaster.standings();

        for (int ahead = 1; ahead <= 48; ahead++) {
            int step = ahead;
            List<Standing> band = standings.stream()
                    .filter(line -> line.fromAhead() <= step && step <= line.toAhead())
                    .toList();
            assertThat(band)
                    .extracting(Standing::method)
                    .doesNotHaveDuplicates()
                    .contains("seasonal naive 24");
            assertThat(band.stream().mapToDouble(Standing::weight).sum()).isCloseTo(1, within(1e-9));
        }
        assertThat(standings)
                .filteredOn(line -> line.method().equals("seasonal naive 24"))
                .allSatisfy(line -> assertThat(line.skill().getAsDouble()).isZero());
    }

    @Test
    void whereNothingCanBeatTheNaiveMethodItStandsAlone() {
        double[] walk = new double[1000];
        var random = new java.util.Random(3);
        for (int i = 1; i < walk.length; i++) {
            walk[i] = walk[i - 1] + random.nextGaussian();
        }
        double[] lifted = Arrays.stream(walk).map(value -> 1000 + value).toArray();

        assertThat(forecast(lifted).steps().get(0).mean()).isCloseTo(lifted[999], within(1.0));
    }

    @Test
    void whatIsRememberedDoesNotGrow() {
        var forecaster = new Forecaster(SETTINGS);
        int before = forecaster.size();
        Arrays.stream(SyntheticSeries.WEB.values(2000, DAY, 1)).forEach(forecaster::observe);

        assertThat(forecaster.size()).isEqualTo(before).isEqualTo(forecaster.save().length);
        assertThatThrownBy(() -> Forecaster.restored(SETTINGS, new double[3])).hasMessageContaining("3");
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new ForecastSettings(0, List.of())).hasMessageContaining("0");
        assertThatThrownBy(() -> new ForecastSettings(1, List.of(24, 24))).hasMessageContaining("ascend");
        assertThatThrownBy(() -> new ForecastSettings(1, List.of(1))).hasMessageContaining("2 to");
    }

    private static double day(int step) {
        return 20 + 8 * Math.sin(2 * Math.PI * step / DAY) + (step / DAY % 7 < 2 ? -5 : 0);
    }

    private static double[] days(int days) {
        return IntStream.range(0, days * DAY).mapToDouble(ForecasterTest::day).toArray();
    }

    private static Forecast forecast(double... values) {
        var forecaster = new Forecaster(SETTINGS);
        Arrays.stream(values).forEach(forecaster::observe);
        return forecaster.forecast();
    }
}
