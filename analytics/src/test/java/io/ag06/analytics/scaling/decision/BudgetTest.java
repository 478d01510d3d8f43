package io.ag06.analytics.scaling.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ag06.analytics.scaling.memory.Memory;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private static final ScalingSettings.Prices PRICES = ScalingSettings.Prices.standard();

    private final Budget budget = new Budget(new Memory());

    @Test
    void toBeginWithThereIsNothing() {
        assertThat(budget.isLeft()).isFalse();
        assertThat(budget.share()).isZero();
    }

    @Test
    void whatIsSavedMayBeSpentAndNoMore() {
        minutes(10, 8, 10, 0);
        assertThat(budget.isLeft()).isTrue();

        // A minute of ten saved 1.75 and costs 2.25 now.
        minutes(7, 12, 10, 0);
        assertThat(budget.isLeft()).isTrue();
        minutes(1, 12, 10, 0);
        assertThat(budget.isLeft()).isFalse();
    }

    /** Ten replicas' worth of four hours is kept: a day of savings is spent within 240 minutes of double the cost. */
    @Test
    void onlySomeHoursOfSavingsAreKept() {
        minutes(1440, 5, 10, 0);
        assertThat(budget.share()).isEqualTo(1);

        minutes(233, 20, 10, 0);
        assertThat(budget.isLeft()).isTrue();
        minutes(2, 20, 10, 0);
        assertThat(budget.isLeft()).isFalse();
    }

    @Test
    void whereTheReactiveRuleFailsMoreMayBeSpentThanItCosts() {
        minutes(100, 10, 10, 1);
        assertThat(budget.isLeft()).isTrue();

        minutes(1000, 11, 10, 1);
        assertThat(budget.isLeft()).isFalse();
    }

    /** Four hours of a hundred replicas would be forty of ten. */
    @Test
    void whatIsKeptShrinksWithTheService() {
        minutes(1440, 50, 100, 0);
        minutes(4 * 1440, 10, 10, 0);
        assertThat(budget.isLeft()).isTrue();

        minutes(250, 20, 10, 0);
        assertThat(budget.isLeft()).isFalse();
    }

    @Test
    void whereThereMayNotBeFewerTheReactiveRuleIsPaidForInFull() {
        for (int minute = 0; minute < 10_000; minute++) {
            budget.book(10, 10, 0, false, PRICES);
        }
        assertThat(budget.share()).isZero();
    }

    @Test
    void theLessIsLeftTheMoreAReplicaIsWorth() {
        assertThat(budget.scarcity()).isEqualTo(20);

        minutes(1440, 5, 10, 0);
        assertThat(budget.scarcity()).isEqualTo(1);

        // Of ten replicas' worth of four hours a quarter: half of the half.
        minutes(1, 1810, 10, 0);
        assertThat(budget.scarcity()).isCloseTo(4, within(0.1));
    }

    @Test
    void whatTheReactiveRuleFailsForDoesNotFillMoreThanTheHalf() {
        minutes(10_000, 10, 10, 1);
        assertThat(budget.share()).isBetween(0.49, 0.51);
    }

    private void minutes(int minutes, int own, int reactive, int missing) {
        for (int minute = 0; minute < minutes; minute++) {
            budget.book(own, reactive, missing, true, PRICES);
        }
    }
}
