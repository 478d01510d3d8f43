package io.ag06.analytics.scaling.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.analytics.scaling.memory.Memory;
import org.junit.jupiter.api.Test;

/** A minute in which a replica is missing costs as much as five hours of a replica: 300 minutes. */
class ReleaseTest {
    private final Release release = new Release(new Memory());

    @Test
    void toBeginWithItDoesNotPay() {
        assertThat(pays()).isFalse();
        minutes(100, 10, 0, 10, 0);
        assertThat(pays()).isFalse();
    }

    /** Two missing minutes are believed in from the begin, one comes: 900 minutes and some that fade. */
    @Test
    void whatIsSavedHasToBeWorthMoreThanWhatIsMissing() {
        minutes(1, 10, 1, 10, 0);
        minutes(900, 9, 0, 10, 0);
        assertThat(pays()).isFalse();

        minutes(100, 9, 0, 10, 0);
        assertThat(pays()).isTrue();
    }

    @Test
    void whatTheReactiveRuleLacksItselfIsNotHeldAgainstIt() {
        minutes(700, 9, 4, 10, 4);
        assertThat(pays()).isTrue();

        minutes(1, 9, 5, 10, 4);
        assertThat(pays()).isFalse();
    }

    @Test
    void aFailureIsForgottenInSomeWeeks() {
        minutes(1, 9, 100, 10, 0);
        minutes(10_080, 9, 0, 10, 0);
        assertThat(pays()).isFalse();

        minutes(4 * 10_080, 9, 0, 10, 0);
        assertThat(pays()).isTrue();
    }

    private void minutes(int minutes, int fewer, int missing, int reactive, int reactiveMissing) {
        for (int minute = 0; minute < minutes; minute++) {
            release.book(new Alternative(fewer, fewer, missing), new Alternative(reactive, reactive, reactiveMissing));
        }
    }

    private boolean pays() {
        return release.pays(ScalingSettings.Prices.standard());
    }
}
