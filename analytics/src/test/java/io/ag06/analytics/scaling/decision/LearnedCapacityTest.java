package io.ag06.analytics.scaling.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ag06.analytics.scaling.memory.Memory;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LearnedCapacityTest {
    private final LearnedCapacity capacity = new LearnedCapacity(new Memory(), 40);

    @Test
    void untilItIsLearnedTheConfiguredValueHolds() {
        for (int minute = 0; minute < 29; minute++) {
            capacity.learn(100, 10, 0.5);
        }
        assertThat(capacity.isLearned()).isFalse();
        assertThat(capacity.law()).isEqualTo(ScalabilityLaw.linear(40));

        capacity.learn(100, 10, 0.5);
        assertThat(capacity.isLearned()).isTrue();
        assertThat(capacity.law().perReplica()).isEqualTo(20);
    }

    @Test
    void oddMinutesDoNotMoveIt() {
        var random = new Random(1);
        for (int minute = 0; minute < 400; minute++) {
            int ready = 3 + random.nextInt(5);
            double utilisation = 0.35 + 0.4 * random.nextDouble();
            double load = 25 * ready * utilisation * Math.exp(0.05 * random.nextGaussian());
            capacity.learn(minute % 5 == 0 ? 20 * load : load, ready, utilisation);
        }

        assertThat(capacity.law().perReplica()).isCloseTo(25, within(1.5));
        assertThat(capacity.law().contention()).isZero();
    }

    @Test
    void minutesThatTellNothingAreLeftOut() {
        for (int minute = 0; minute < 100; minute++) {
            capacity.learn(Double.NaN, 5, 0.5);
            capacity.learn(0, 5, 0.5);
            capacity.learn(100, 0, 0.5);
            capacity.learn(100, 5, 0.1);
            capacity.learn(100, 5, Double.NaN);
            capacity.learn(100, 5, 1.4);
        }

        assertThat(capacity.isLearned()).isFalse();
    }

    @Test
    void whereReplicasHinderEachOtherTheLawIsLearned() {
        ScalabilityLaw law = new ScalabilityLaw(30, 0.02, 0.0005);
        var random = new Random(2);
        for (int minute = 0; minute < 2000; minute++) {
            int ready = 2 + random.nextInt(40);
            double utilisation = 0.4 + 0.4 * random.nextDouble();
            capacity.learn(
                    law.carriedBy(ready) * utilisation * Math.exp(0.03 * random.nextGaussian()), ready, utilisation);
        }

        assertThat(capacity.law().carriedBy(10)).isCloseTo(law.carriedBy(10), within(0.05 * law.carriedBy(10)));
        assertThat(capacity.law().carriedBy(40)).isCloseTo(law.carriedBy(40), within(0.05 * law.carriedBy(40)));
    }
}
