package io.ag06.analytics.scaling.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FleetTest {
    @Test
    void whatIsWantedIsPaidForAtOnceAndServesInTheThirdMinute() {
        Fleet minute0 = new Fleet(10, List.of(0, 0));
        Fleet minute1 = minute0.next(13);
        Fleet minute2 = minute1.next(13);
        Fleet minute3 = minute2.next(13);

        assertThat(minute1).isEqualTo(new Fleet(10, List.of(0, 3)));
        assertThat(minute1.billed()).isEqualTo(13);
        assertThat(minute2).isEqualTo(new Fleet(10, List.of(3, 0)));
        assertThat(minute3).isEqualTo(new Fleet(13, List.of(0, 0)));
    }

    @Test
    void thoseThatStartGoFirstTheNewestFirst() {
        Fleet starting = new Fleet(10, List.of(4, 3));

        assertThat(starting.next(15)).isEqualTo(new Fleet(14, List.of(1, 0)));
        assertThat(starting.next(12)).isEqualTo(new Fleet(12, List.of(0, 0)));
        assertThat(starting.next(7)).isEqualTo(new Fleet(7, List.of(0, 0)));
    }

    @Test
    void aServiceHasBetweenOneAndAThousandReplicas() {
        assertThat(Fleet.of(0, 2)).isEqualTo(new Fleet(1, List.of(0, 0)));
        assertThat(Fleet.of(5_000, 2)).isEqualTo(new Fleet(1_000, List.of(0, 0)));
    }

    @Test
    void withoutStartUpAReplicaServesFromTheNextMinuteOn() {
        assertThat(Fleet.of(3, 0).next(5)).isEqualTo(new Fleet(5, List.of()));
        assertThat(Fleet.of(3, 0).next(1)).isEqualTo(new Fleet(1, List.of()));
    }

    @Test
    void noCountIsNegative() {
        assertThatThrownBy(() -> new Fleet(1, List.of(-1, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }
}
