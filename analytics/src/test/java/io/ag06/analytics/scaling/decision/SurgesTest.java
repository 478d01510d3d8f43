package io.ag06.analytics.scaling.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.analytics.scaling.memory.Memory;
import org.junit.jupiter.api.Test;

class SurgesTest {
    private static final double LEAST_CHANCE = 0.02;
    private static final int LEAD = 3;

    private final Surges surges = new Surges(new Memory());

    @Test
    void aSurgeIsProvidedForFromItsEndOnAndAtTheSameTimeOfTheNextDay() {
        quiet(0, 100);
        surges.observe(100, 70, true);
        surges.observe(101, 90, true);
        surges.observe(102, 80, true);

        assertThat(peakAt(102)).isEqualTo(90);
        assertThat(peakAt(150)).isEqualTo(90);
        assertThat(peakAt(100 + 720)).isZero();
        assertThat(peakAt(100 + 1440 - 20)).isZero();
        assertThat(peakAt(100 + 1440 - 18)).isEqualTo(90);
        assertThat(peakAt(102 + 1440 + 14)).isEqualTo(90);
        assertThat(peakAt(102 + 1440 + 15)).isZero();
        assertThat(peakAt(100 + 7 * 1440)).isEqualTo(90);
    }

    @Test
    void whatNeverComesAgainIsNotProvidedForForEver() {
        for (int surge = 0; surge < 60; surge++) {
            int minute = 2500 * surge;
            surges.observe(minute, 90, true);
            quiet(minute + 1, minute + 2500);
        }
        surges.observe(60 * 2500, 90, true);

        assertThat(peakAt(60 * 2500 + 150)).isZero();
        assertThat(peakAt(60 * 2500 + 1440)).isZero();
    }

    @Test
    void whatComesEachDayIsProvidedForEachDay() {
        for (int day = 0; day < 20; day++) {
            surges.observe(1440L * day, 90 + day, true);
            quiet(1440 * day + 1, 1440 * (day + 1));
        }

        assertThat(peakAt(20 * 1440 - 5)).isEqualTo(109);
        assertThat(peakAt(20 * 1440 - 700)).isZero();
    }

    private void quiet(int from, int to) {
        for (int minute = from; minute < to; minute++) {
            surges.observe(minute, 10, false);
        }
    }

    private double peakAt(int minute) {
        return surges.likelyPeak(minute, LEAD, LEAST_CHANCE);
    }
}
