package io.ag06.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleClockTest {
    private static final int RATE = 48_000;
    private static final long START = 123_456_789_000L;
    private static final long MILLIS = 1_000_000;

    private final SampleClock clock = new SampleClock(RATE);
    private final Random chance = new Random(1);
    private long now;
    private int gaps;

    @ParameterizedTest
    @ValueSource(doubles = {0, 50, -50, 200, -200})
    void driftIsTheSlopeAgainstTheNominalRateAndNoGap(double ppm) {
        run(70_000, ppm, 0);

        assertThat(clock.driftPpm().getAsDouble()).isCloseTo(ppm, within(2.0));
        assertThat(gaps).isZero();
    }

    @Test
    void driftCanNotBeToldAtOnce() {
        run(11_000, 50, 0);
        assertThat(clock.driftPpm()).isEmpty();

        run(13_000, 50, 0);
        assertThat(clock.driftPpm()).isPresent();
    }

    @Test
    void driftIsThatOfTheLastMinute() {
        run(60_000, 0, 0);
        long captured = samplesAt(60_000 * MILLIS, 0);
        for (long millis = 60_005; millis < 130_000; millis += 5) {
            observe(millis * MILLIS, captured + samplesAt((millis - 60_000) * MILLIS, 100));
        }

        assertThat(clock.driftPpm().getAsDouble()).isCloseTo(100, within(3.0));
    }

    @ParameterizedTest
    @ValueSource(longs = {96, 480, 4_800, 96_000})
    void missingSamplesOfMoreThanAMillisecondAreOneGapFoundAfterTwoSeconds(long missing) {
        run(20_000, 80, 0);
        assertThat(gaps).isZero();

        run(21_900, 80, missing);
        assertThat(gaps).isZero();

        run(26_000, 80, missing);
        assertThat(gaps).isEqualTo(1);

        run(90_000, 80, missing);
        assertThat(gaps).isEqualTo(1);
        assertThat(clock.driftPpm().getAsDouble()).isCloseTo(80, within(3.0));
    }

    @Test
    void missingSamplesOfLessThanAMillisecondAreNoGap() {
        run(20_000, 0, 0);
        run(40_000, 0, 30);

        assertThat(gaps).isZero();
    }

    @Test
    void eachGapCounts() {
        run(10_000, 0, 0);
        run(20_000, 0, 480);
        run(30_000, 0, 960);

        assertThat(gaps).isEqualTo(2);
    }

    @Test
    void aPauseOfTheReaderIsNoGapWhereTheBufferHeldTheSound() {
        run(10_000, 0, 0);
        now = 10_400;
        run(20_000, 0, 0);

        assertThat(gaps).isZero();
    }

    @Test
    void soundThatComesInPiecesOfTwentyMillisecondsIsNoGap() {
        for (long millis = 0; millis < 60_000; millis += 5 + chance.nextInt(3)) {
            observe(millis * MILLIS, samplesAt(millis / 20 * 20 * MILLIS, 30));
        }

        assertThat(gaps).isZero();
        assertThat(clock.driftPpm().getAsDouble()).isCloseTo(30, within(10.0));
    }

    @Test
    void aSamplesTimeFollowsDriftAndGaps() {
        run(60_000, 100, 0);
        assertThat(clock.capturedAt(samplesAt(60_000 * MILLIS, 100)) - START)
                .isCloseTo(60_000 * MILLIS, within(MILLIS));

        run(70_000, 100, 24_000);
        assertThat(clock.capturedAt(samplesAt(70_000 * MILLIS, 100) - 24_000) - START)
                .isCloseTo(70_000 * MILLIS, within(MILLIS));
    }

    /** Observes every 5 ms or so until a time, each look up to 1 ms late. */
    private void run(long untilMillis, double ppm, long missing) {
        for (; now < untilMillis; now += 5) {
            long nanos = now * MILLIS;
            observe(nanos + chance.nextInt((int) MILLIS), samplesAt(nanos, ppm) - missing);
        }
    }

    private void observe(long nanos, long samples) {
        gaps += clock.observe(START + nanos, samples);
    }

    private static long samplesAt(long nanos, double ppm) {
        return (long) (nanos * 1e-9 * RATE * (1 + ppm / 1e6));
    }
}
