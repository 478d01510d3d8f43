package io.ag06.analytics.scaling.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Fleets whose load can be followed with a pencil. */
class ScalabilityLawTest {
    @Test
    void replicasThatDoNotHinderEachOtherCarryTheirSum() {
        ScalabilityLaw law = ScalabilityLaw.linear(10);

        assertThat(law.carriedBy(7)).isEqualTo(70);
        assertThat(law.replicasFor(70, 100)).isEqualTo(7);
        assertThat(law.replicasFor(70.1, 100)).isEqualTo(8);
        assertThat(law.replicasFor(0, 100)).isEqualTo(1);
        assertThat(law.replicasFor(1e9, 100)).isEqualTo(100);
    }

    /** 100 n / (1 + 0.1 (n - 1) + 0.01 n (n - 1)): 100, 178.6, 238.1, 281.7, … and never above 322.6. */
    @Test
    void replicasThatHinderEachOtherCarryLess() {
        ScalabilityLaw law = new ScalabilityLaw(100, 0.1, 0.01);

        assertThat(law.carriedBy(2)).isCloseTo(200 / 1.12, within(1e-9));
        assertThat(law.perReplicaOf(3)).isCloseTo(100 / 1.26, within(1e-9));
        assertThat(law.replicasFor(238, 100)).isEqualTo(3);
        assertThat(law.replicasFor(239, 100)).isEqualTo(4);
        // Ten carry 1000 / 2.8 = 357.1, nine 900 / 2.52 = 357.1: no more than that is ever carried.
        assertThat(law.replicasFor(1e6, 100)).isIn(9, 10);
    }

    @Test
    void theLawIsFoundInWhatItBringsForth() {
        ScalabilityLaw law = new ScalabilityLaw(100, 0.05, 0.001);
        double[] replicas = {2, 4, 8, 16, 30};
        double[] carried =
                IntStream.of(2, 4, 8, 16, 30).mapToDouble(law::perReplicaOf).toArray();

        ScalabilityLaw found = ScalabilityLaw.fit(replicas, carried).orElseThrow();

        assertThat(found.perReplica()).isCloseTo(100, within(1e-6));
        assertThat(found.contention()).isCloseTo(0.05, within(1e-9));
        assertThat(found.coherency()).isCloseTo(0.001, within(1e-9));
        assertThat(found.error(replicas, carried)).isCloseTo(0, within(1e-9));
    }

    @Test
    void aFleetThatIsFasterTheLargerItIsHasNoLaw() {
        assertThat(ScalabilityLaw.fit(new double[] {1, 2, 4}, new double[] {10, 12, 15}))
                .isEmpty();
        assertThat(ScalabilityLaw.fit(new double[] {3}, new double[] {10})).isEmpty();
    }
}
