package io.ag06.analytics.scaling.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Replays that can be followed with a pencil: a replica carries 10 a minute. */
class ReplayTest {
    private static final double CAPACITY = 10;

    /**
     * At 70 %, 70 needs ten replicas. 84 is beyond the tolerance: twelve are wanted from minute 2 and serve from minute
     * 4, so that 110 in minute 3 is short of ten by 10. 110 asks for sixteen, which serve from minute 6. From minute 4
     * on the load is 30, for five replicas; but the recommendation of minute 3 holds for five minutes, until minute 8
     * sees only fives.
     */
    @Test
    void theReactiveRuleIsLateUpwardsAndSlowDownwards() {
        double[] load = {70, 84, 84, 110, 30, 30, 30, 30, 30, 30};
        Replay replay = new Replay(load, 9, CAPACITY);

        List<ReplayedMinute> minutes = replay.minutesOf(rule());

        assertThat(minutes).extracting(ReplayedMinute::ready).containsExactly(10, 10, 10, 12, 12, 16, 16, 16, 5);
        assertThat(minutes).extracting(ReplayedMinute::billed).containsExactly(10, 12, 12, 16, 16, 16, 16, 16, 5);
        assertThat(minutes).extracting(ReplayedMinute::wanted).containsExactly(12, 12, 16, 16, 16, 16, 16, 5, 5);
        assertThat(replay.of(rule())).isEqualTo(new ReplayResult(1, 11.1111, 2.18341, 1.983, 3));
    }

    @Test
    void withinATenthOfTheTargetNothingChanges() {
        assertThat(new Replay(new double[] {70, 76, 64, 70}, 3, CAPACITY).of(rule()))
                .isEqualTo(new ReplayResult(0, 0, 0, 0.5, 0));
        assertThat(new Replay(new double[] {70, 78}, 1, CAPACITY).of(rule()).changes())
                .isEqualTo(1);
    }

    @Test
    void perfectKnowledgeHasTheLargestNeedOfThisMinuteAndTheNextTwo() {
        double[] load = {99, 10, 10, 10, 55, 10, 10};

        // One, then six from two minutes before the peak on, then one: 1 + 6 + 6 + 6 + 1 + 1.
        assertThat(new Replay(load, 6, CAPACITY).oracle()).isEqualTo(new ReplayResult(0, 0, 0, 0.35, 2));
    }

    @Test
    void theStaticPeakIsThatOfTheReplayedMinutes() {
        assertThat(new Replay(new double[] {99, 10, 31, 20}, 3, CAPACITY).staticPeak())
                .isEqualTo(new ReplayResult(0, 0, 0, 0.2, 0));
    }

    @Test
    void withoutHistoryTheFirstMinuteSaysHowManyReplicasThereAre() {
        assertThat(new Replay(new double[] {140, 140}, 2, CAPACITY)
                        .minutesOf(rule())
                        .get(0)
                        .ready())
                .isEqualTo(20);
    }

    @Test
    void aMinuteThatWasNotMeasuredIsPaidForAndChangesNothing() {
        double[] load = {70, Double.NaN, 70};

        assertThat(new Replay(load, 2, CAPACITY).of(rule())).isEqualTo(new ReplayResult(0, 0, 0, 0.333, 0));
        assertThat(new Replay(new double[] {Double.NaN, 70}, 1, CAPACITY)
                        .oracle()
                        .replicaHours())
                .isEqualTo(0.117);
    }

    @Test
    void aThousandReplicasAreTheMost() {
        double[] load = new double[5];
        Arrays.fill(load, 1e9);

        assertThat(new Replay(load, 4, CAPACITY).of(rule()).underMin()).isEqualTo(4);
        assertThat(new Replay(load, 4, CAPACITY).oracle().replicaHours()).isEqualTo(66.667);
    }

    @Test
    void moreMinutesThanThereAreOrAReplicaThatCarriesNothingAreRefused() {
        assertThatThrownBy(() -> new Replay(new double[3], 4, CAPACITY)).hasMessageContaining("4");
        assertThatThrownBy(() -> new Replay(new double[3], 0, CAPACITY)).hasMessageContaining("0");
        assertThatThrownBy(() -> new Replay(new double[3], 3, 0)).hasMessageContaining("capacity");
    }

    private static Scaler rule() {
        return new ReactiveRule(CAPACITY, ReactiveRule.TARGET);
    }
}
