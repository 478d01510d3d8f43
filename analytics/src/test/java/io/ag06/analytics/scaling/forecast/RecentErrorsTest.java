package io.ag06.analytics.scaling.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ag06.analytics.scaling.memory.Memory;
import org.junit.jupiter.api.Test;

/** A season of 288 steps, forecasts of 48, one in four steps. */
class RecentErrorsTest {
    private final Horizons horizons = new Horizons(48);
    private final RecentErrors recent = new RecentErrors(new Memory(), horizons, 288, 4);
    private final int nearest = 0;
    private final int furthest = horizons.bands() - 1;

    @Test
    void whereNothingIsKnownErrorsAreAsLargeAsExpected() {
        assertThat(recent.scale(nearest)).isEqualTo(1);
    }

    @Test
    void eachBandHasItsOwn() {
        errors(nearest, 1000, 3);
        assertThat(recent.scale(nearest)).isGreaterThan(2.5);
        assertThat(recent.scale(furthest)).isEqualTo(1);
    }

    /** Of windows of one step a season has 288; of 48 steps it has six, which count as 5 of 15. */
    @Test
    void fewWindowsAreBelievedInPart() {
        errors(furthest, 1000, 8);
        assertThat(recent.scale(furthest)).isCloseTo(2, within(1e-9));

        var withinAWindow = new RecentErrors(new Memory(), horizons, 24, 4);
        withinAWindow.book(furthest, 8, 1);
        assertThat(withinAWindow.scale(furthest)).isEqualTo(1);
    }

    @Test
    void olderErrorsFadeWithinASeason() {
        errors(nearest, 1000, 3);
        errors(nearest, 3 * 288 / 4, 0.5);
        assertThat(recent.scale(nearest)).isBetween(0.5, 0.7);
    }

    @Test
    void anErrorOfWhichNothingWasExpectedIsLeftOut() {
        recent.book(nearest, 0, 0);
        recent.book(nearest, 1, 0);
        assertThat(recent.scale(nearest)).isEqualTo(1);
    }

    private void errors(int band, int errors, double size) {
        for (int error = 0; error < errors; error++) {
            recent.book(band, -2 * size, 2);
        }
    }
}
