package io.ag06.analytics.scaling.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class MinuteLoadTest {
    @Property(tries = 200)
    void partsMayBePutTogetherInAnyOrderAndAnyGroups(@ForAll("parts") List<MinuteLoad> parts, @ForAll long seed) {
        MinuteLoad inOrder = sum(parts);
        List<MinuteLoad> shuffled = new ArrayList<>(parts);
        Collections.shuffle(shuffled, new Random(seed));
        int half = parts.size() / 2;

        assertThat(sum(shuffled)).isEqualTo(inOrder);
        assertThat(sum(shuffled.subList(half, parts.size())).plus(sum(shuffled.subList(0, half))))
                .isEqualTo(inOrder);
    }

    @Provide
    static Arbitrary<List<MinuteLoad>> parts() {
        Arbitrary<MinuteLoad> requests = Arbitraries.integers().between(1, 5).map(MinuteLoad::ofRequests);
        Arbitrary<MinuteLoad> readings = Combinators.combine(
                        Arbitraries.longs().between(1, 4),
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.integers().between(0, 50),
                        Arbitraries.of(0, 40),
                        Arbitraries.integers().between(0, 9))
                .as(MinuteLoad::ofReading);
        return Arbitraries.oneOf(requests, readings).list().ofMaxSize(12);
    }

    private static MinuteLoad sum(List<MinuteLoad> parts) {
        return parts.stream().reduce(MinuteLoad.NONE, MinuteLoad::plus);
    }

    @Test
    void aMinuteHasWhatItsEventsSay() {
        MinuteLoad minute = MinuteLoad.ofReading(30, 0.5, 0.2, 30, 40, 3)
                .plus(MinuteLoad.REQUEST)
                .plus(MinuteLoad.ofReading(10, 0.7, 0.2, 5, 0, 9))
                .plus(MinuteLoad.ofRequests(4));

        assertThat(minute.requests()).isEqualTo(5);
        assertThat(minute.events()).isEqualTo(7);
        assertThat(minute.utilisation()).hasValue(0.6);
        assertThat(minute.saturation()).isEqualTo(0.75); // 30 of 40 requests in flight.
        assertThat(minute.replicas()).isEqualTo(3); // The newer of the two.
    }

    @Test
    void replicasAreAsBusyAsTheFullerOfTheProcessorAndTheRequestsInFlight() {
        MinuteLoad minute =
                MinuteLoad.ofReading(30, 0.3, 0.9, 30, 40, 3).plus(MinuteLoad.ofReading(40, 0.5, 0.9, 80, 40, 3));

        // Three quarters of what may be served, and more than all of it, which is all of it.
        assertThat(minute.utilisation()).hasValue(0.875);
        assertThat(minute.saturation()).isEqualTo(2);
    }

    @Test
    void aMinuteWithoutReadingsSaysNothingOfReplicas() {
        assertThat(MinuteLoad.REQUEST.utilisation()).isEmpty();
        assertThat(MinuteLoad.NONE.events()).isZero();
    }
}
