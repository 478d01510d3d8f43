package io.ag06.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
    private static final int ROUND = FaultKind.values().length;

    @Test
    void anyStretchAsLongAsARoundHasEveryKind() {
        FaultPlan plan = new FaultPlan(7);

        for (int first = 0; first < 3 * ROUND; first++) {
            List<FaultKind> stretch =
                    IntStream.range(first, first + ROUND).mapToObj(plan::kindOf).toList();
            assertThat(stretch).containsExactlyInAnyOrder(FaultKind.values());
        }
    }

    @Test
    void theSameSeedIsTheSamePlan() {
        FaultPlan one = new FaultPlan(42);
        FaultPlan other = new FaultPlan(42);

        for (int cycle = 0; cycle < ROUND; cycle++) {
            assertThat(one.kindOf(cycle)).isEqualTo(other.kindOf(cycle));
            assertThat(one.calm()).isEqualTo(other.calm());
            assertThat(one.length()).isEqualTo(other.length());
        }
    }

    @Test
    void seedsDiffer() {
        List<FaultKind> one =
                IntStream.range(0, ROUND).mapToObj(new FaultPlan(1)::kindOf).toList();
        List<FaultKind> other =
                IntStream.range(0, ROUND).mapToObj(new FaultPlan(2)::kindOf).toList();

        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void linksTakeTurnsFromRoundToRound() {
        FaultPlan plan = new FaultPlan(1);

        assertThat(IntStream.range(0, Link.values().length).mapToObj(round -> plan.linkOf(round * ROUND)))
                .containsExactlyInAnyOrder(Link.values());
        assertThat(plan.linkOf(ROUND - 1)).isEqualTo(plan.linkOf(0));
    }
}
