package io.ag06.analytics.scaling.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ag06.analytics.scaling.replay.Fleet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Decisions on loads that can be followed with a pencil: a replica carries 10 a minute and starts for two. */
class CapacityPlannerTest {
    private static final ScalingSettings SETTINGS = ScalingSettings.standard(10);
    private static final double[] NO_FORECAST = {};

    private final CapacityPlanner planner = new CapacityPlanner(SETTINGS);

    @Test
    void withoutAForecastItDoesAsTheReactiveRuleWouldAndSaysSo() {
        Decision decision = planner.decide(Seen.load(70), NO_FORECAST, false);

        assertThat(decision.desired()).isEqualTo(10);
        assertThat(decision.reactiveDesired()).isEqualTo(10);
        assertThat(decision.action()).isEqualTo(Action.KEEP);
        assertThat(decision.confident()).isFalse();
        assertThat(decision.forecast()).isNaN();
        assertThat(decision.reason()).isEqualTo(Reason.UNSURE);
        assertThat(planner.decide(Seen.load(140), NO_FORECAST, false).desired()).isEqualTo(20);
    }

    @Test
    void aForecastThatIsNotSureIsNotDecidedBy() {
        calm(3 * 1440, 70);
        Decision decision = planner.decide(Seen.load(90), new double[] {70, 70, 300}, false);

        assertThat(decision.confident()).isFalse();
        assertThat(decision.reason()).isEqualTo(Reason.UNSURE);
        assertThat(decision.forecast()).isEqualTo(300);
        assertThat(decision.desired()).isEqualTo(decision.reactiveDesired()).isEqualTo(13);
    }

    @Test
    void aForecastIsNotDecidedByBeforeSomeWereHeldAgainstWhatCame() {
        for (int minute = 0; minute < 20; minute++) {
            assertThat(planner.decide(Seen.load(70), forecast(70), true).confident())
                    .isFalse();
        }
        calm(10, 70);
        assertThat(planner.decide(Seen.load(70), forecast(70), true).confident())
                .isTrue();
    }

    @Test
    void aForecastThatWasAlwaysRightIsProvidedForBeforeItsTime() {
        calm(3 * 1440, 70);
        Decision decision = planner.decide(Seen.load(70), new double[] {70, 70, 300}, true);

        assertThat(decision.reason()).isEqualTo(Reason.FORECAST);
        assertThat(decision.confident()).isTrue();
        assertThat(decision.action()).isEqualTo(Action.UP);
        assertThat(decision.desired()).isBetween(36, 43);
        assertThat(decision.reactiveDesired()).isEqualTo(10);
    }

    /** Bursts come at any time and no forecast tells of them: what is saved is less than what is missing then. */
    @Test
    void whereHavingFewerThanTheReactiveRuleHasNotPaidThereAreAsMany() {
        var bursty = new CapacityPlanner(ScalingSettings.standard(SyntheticLoad.CAPACITY));
        List<Decision> unproven = Arrays.stream(SyntheticLoad.BURSTS.days(15, 4))
                .mapToObj(load -> bursty.decide(Seen.load(load), forecast(load), true))
                .filter(decision -> decision.reason() == Reason.UNPROVEN)
                .toList();

        assertThat(unproven)
                .hasSizeGreaterThan(1440)
                .allSatisfy(decision -> assertThat(decision.desired()).isEqualTo(decision.reactiveDesired()));
    }

    @Test
    void theOthersBeginWithTheReplicasThatAreSeenFirst() {
        calm(100, 70);
        planner.decide(Seen.of(70, Fleet.of(30, 2)), NO_FORECAST, false);
        Decision decision = planner.decide(Seen.of(70, Fleet.of(40, 2)), NO_FORECAST, false);

        assertThat(decision.own().replicas()).isEqualTo(40);
        assertThat(decision.reactive().replicas()).isBetween(10, 30);
    }

    @Test
    void aLoadAboveItsForecastIsFollowed() {
        calm(3 * 1440, 70);
        Decision decision = planner.decide(Seen.load(90), forecast(60), true);

        assertThat(decision.reason()).isEqualTo(Reason.REACTIVE);
        assertThat(decision.desired()).isBetween(11, 13);
    }

    @Test
    void aLoadThatTurnsOutToHaveBeenHigherIsFollowed() {
        calm(3 * 1440, 70);
        for (int minute = 0; minute < 4; minute++) {
            planner.decide(Seen.load(45), forecast(70), true);
            planner.correct(1, 100);
        }
        Decision decision = planner.decide(Seen.load(70), forecast(70), true);

        assertThat(decision.reason()).isEqualTo(Reason.REACTIVE);
        assertThat(decision.provided()).isGreaterThan(94); // The mean of the last five.
        assertThat(decision.staticPeak().replicas()).isEqualTo(10);
        planner.correct(1000, 300); // Not seen any more, but a peak of the last four weeks.
        assertThat(planner.decide(Seen.load(70), forecast(70), true)
                        .staticPeak()
                        .replicas())
                .isEqualTo(30);
    }

    @Test
    void whatFellAsNeverBeforeMayComeBackAsSuddenly() {
        calm(3 * 1440, 70);
        Decision decision = null;
        for (int minute = 0; minute < 45; minute++) {
            decision = planner.decide(Seen.load(0), forecast(0), true);
        }

        assertThat(decision.reason()).isEqualTo(Reason.RECURRENCE);
        assertThat(decision.desired()).isGreaterThanOrEqualTo(7);
        assertThat(decision.reactiveDesired()).isEqualTo(1);
    }

    @Test
    void whereNothingIsMeasuredNothingIsTakenAway() {
        calm(100, 70);
        int before = planner.decide(Seen.load(70), forecast(70), true).desired();
        Decision decision = planner.decide(Seen.load(Double.NaN), forecast(10), true);

        assertThat(decision.reason()).isEqualTo(Reason.UNMEASURED);
        assertThat(decision.desired()).isEqualTo(before);
        assertThat(decision.own().missing()).isZero();
        assertThat(decision.confident()).isFalse();
        assertThat(decision.reactiveDesired()).isEqualTo(before);
    }

    @Test
    void theLedgerSaysWhatOtherWaysWouldHaveHad() {
        planner.decide(Seen.of(70, Fleet.of(10, 2)), NO_FORECAST, false);
        planner.decide(Seen.load(155), NO_FORECAST, false);
        Fleet fleet = new Fleet(20, List.of(0, 2));
        Decision decision = planner.decide(Seen.of(155, fleet), NO_FORECAST, false);

        assertThat(decision.current()).isEqualTo(22);
        assertThat(decision.own()).isEqualTo(new Alternative(22, 22, 0));
        assertThat(decision.reactive()).isEqualTo(new Alternative(23, 23, 6));
        assertThat(decision.staticPeak()).isEqualTo(new Alternative(16, 16, 0));
        assertThat(decision.hourlyCost()).isEqualTo(decision.desired());
        assertThat(decision.capacity()).isEqualTo(10);
        assertThat(decision.capacityLearned()).isFalse();
    }

    @Test
    void thePeakOfFourWeeksAgoIsForgotten() {
        planner.decide(Seen.load(500), NO_FORECAST, false);
        calm(27 * 1440, 70);
        assertThat(planner.decide(Seen.load(70), forecast(70), true)
                        .staticPeak()
                        .replicas())
                .isEqualTo(50);
        calm(1440, 70);
        assertThat(planner.decide(Seen.load(70), forecast(70), true)
                        .staticPeak()
                        .replicas())
                .isEqualTo(7);
    }

    @Test
    void boundsAndStepsAreKept() {
        var bounded = new CapacityPlanner(new ScalingSettings(
                10, 2, 1, new ScalingSettings.Bounds(3, 12, 2, 1), ScalingSettings.Prices.standard()));
        Fleet five = Fleet.of(5, 2);

        assertThat(bounded.decide(Seen.of(1000, five), NO_FORECAST, false).desired())
                .isEqualTo(7);
        assertThat(bounded.decide(Seen.of(1000, Fleet.of(11, 2)), NO_FORECAST, false)
                        .desired())
                .isEqualTo(12);
        int desired = 0;
        for (int minute = 0; minute < 10; minute++) {
            desired = bounded.decide(Seen.of(0, five), NO_FORECAST, false).desired();
        }
        assertThat(desired).isEqualTo(4);
        assertThat(bounded.decide(Seen.of(0, Fleet.of(3, 2)), NO_FORECAST, false)
                        .desired())
                .isEqualTo(3);
    }

    /** Replicas start for two minutes here, and readings tell only of those that serve. */
    @Test
    void whatWasAskedForAndStartsIsNotAskedForAgain() {
        planner.decide(Seen.of(70, 10, 0.1), NO_FORECAST, false);
        Decision up = planner.decide(Seen.of(140, 10, 0.1), NO_FORECAST, false);
        Decision meanwhile = planner.decide(Seen.of(140, 10, 0.1), NO_FORECAST, false);
        Decision stillStarting = planner.decide(Seen.of(140, 10, 0.1), NO_FORECAST, false);
        Decision started = planner.decide(Seen.of(140, 20, 0.1), NO_FORECAST, false);

        assertThat(up.action()).isEqualTo(Action.UP);
        assertThat(up.current()).isEqualTo(10);
        assertThat(List.of(meanwhile, stillStarting, started)).allSatisfy(decision -> {
            assertThat(decision.action()).isEqualTo(Action.KEEP);
            assertThat(decision.current()).isEqualTo(20);
            assertThat(decision.own().replicas()).isEqualTo(20);
        });
        assertThat(meanwhile.own().missing()).isEqualTo(4);
        assertThat(started.own().missing()).isZero();
    }

    @Test
    void whatWasAskedForAndNeverStartedIsAskedForAgainAfterItsTime() {
        planner.decide(Seen.of(70, 10, 0.1), NO_FORECAST, false);
        List<Action> actions = new ArrayList<>();
        for (int minute = 0; minute < 6; minute++) {
            actions.add(
                    planner.decide(Seen.of(140, 10, 0.1), NO_FORECAST, false).action());
        }
        assertThat(actions).containsExactly(Action.UP, Action.KEEP, Action.KEEP, Action.UP, Action.KEEP, Action.KEEP);
    }

    @Test
    void whatServesSoonerThanExpectedIsNotCountedTwice() {
        planner.decide(Seen.of(70, 10, 0.1), NO_FORECAST, false);
        planner.decide(Seen.of(140, 10, 0.1), NO_FORECAST, false);
        Decision early = planner.decide(Seen.of(140, 16, 0.1), NO_FORECAST, false);

        assertThat(early.current()).isEqualTo(20);
        assertThat(early.own().missing()).isZero();
    }

    @Test
    void whereNoReplicaServesThereIsNone() {
        planner.decide(Seen.of(70, 10, 0.1), NO_FORECAST, false);
        Decision none = planner.decide(Seen.of(70, 0, 0), NO_FORECAST, false);

        assertThat(none.current()).isZero();
        assertThat(none.own().missing()).isEqualTo(7);
        assertThat(none.desired()).isEqualTo(10);
        assertThat(none.action()).isEqualTo(Action.UP);
    }

    @Test
    void whatReplicasCarryIsLearnedFromTheirUtilisation() {
        Decision decision = null;
        for (int minute = 0; minute < 60; minute++) {
            decision = planner.decide(Seen.of(100, 10, 0.5), forecast(100), true);
        }

        assertThat(decision.capacityLearned()).isTrue();
        assertThat(decision.capacity()).isCloseTo(20, within(1e-9));
        assertThat(decision.reactiveDesired()).isEqualTo(8);
    }

    @Test
    void whatWasSavedGoesOnAsIfNothingHadHappened() {
        double[] load = SyntheticLoad.MATCH_DAYS.days(10, 1);
        for (int minute = 0; minute < 9 * 1440; minute++) {
            planner.decide(Seen.load(load[minute]), forecast(load[minute]), true);
        }
        var restored = CapacityPlanner.restored(SETTINGS, planner.save());

        for (int minute = 9 * 1440; minute < load.length; minute++) {
            Seen seen = Seen.load(load[minute]);
            assertThat(restored.decide(seen, forecast(load[minute]), true))
                    .isEqualTo(planner.decide(seen, forecast(load[minute]), true));
        }
        assertThat(restored.size()).isEqualTo(new CapacityPlanner(SETTINGS).size());
    }

    @Test
    void theQuantileIsThatOfThePrices() {
        // A missing minute costs as much as 99 minutes of a replica: 99 of 100 loads are to be carried.
        assertThat(new ScalingSettings.Prices(60, 99).quantile()).isEqualTo(0.99);
        assertThat(new ScalingSettings.Prices(60, 1).quantile()).isEqualTo(0.5);
    }

    @Test
    void theQuantileThatWasAimedAtIsInTheLedger() {
        // Nothing is left to spend yet: a replica counts as if it cost 20 times its price.
        assertThat(planner.decide(Seen.load(70), NO_FORECAST, false).quantile()).isCloseTo(0.9375, within(1e-9));
        calm(7 * 1440, 70);
        assertThat(planner.decide(Seen.load(70), forecast(70), true).quantile())
                .isEqualTo(ScalingSettings.Prices.standard().quantile());
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> ScalingSettings.standard(0)).hasMessageContaining("capacity");
        assertThatThrownBy(() -> ScalingSettings.standard(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new ScalingSettings.Prices(0, 1)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> new ScalingSettings.Bounds(5, 4, 1, 1)).hasMessageContaining("5 and 4");
        assertThatThrownBy(() -> new ScalingSettings.Bounds(1, 4, 0, 1)).hasMessageContaining("0 up");
    }

    private void calm(int minutes, double load) {
        for (int minute = 0; minute < minutes; minute++) {
            planner.decide(Seen.load(load), forecast(load), true);
        }
    }

    private static double[] forecast(double load) {
        double[] ahead = new double[SETTINGS.leadMinutes()];
        Arrays.fill(ahead, load);
        return ahead;
    }
}
