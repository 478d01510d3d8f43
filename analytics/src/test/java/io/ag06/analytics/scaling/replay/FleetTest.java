package io.ag06.analytics.scaling.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FleetTest {
    @Test
    void whatIsWantedIsPaidForAtOnceAndServesInTheThirdMinute() {
        Fleet minute0 = new Fleet(10, 0, 0);
        Fleet minute1 = minute0.next(13);
        Fleet minute2 = minute1.next(13);
        Fleet minute3 = minute2.next(13);

        assertThat(minute1).isEqualTo(new Fleet(10, 0, 3));
        assertThat(minute1.billed()).isEqualTo(13);
        assertThat(minute2).isEqualTo(new Fleet(10, 3, 0));
        assertThat(minute3).isEqualTo(new Fleet(13, 0, 0));
    }

    @Test
    void thoseThatStartGoFirstTheNewestFirst() {
        Fleet starting = new Fleet(10, 4, 3);

        assertThat(starting.next(15)).isEqualTo(new Fleet(14, 1, 0));
        assertThat(starting.next(12)).isEqualTo(new Fleet(12, 0, 0));
        assertThat(starting.next(7)).isEqualTo(new Fleet(7, 0, 0));
    }

    @Test
    void aServiceHasBetweenOneAndAThousandReplicas() {
        assertThat(Fleet.of(0)).isEqualTo(new Fleet(1, 0, 0));
        assertThat(Fleet.of(5_000)).isEqualTo(new Fleet(1_000, 0, 0));
    }

    @Test
    void noCountIsNegative() {
        assertThatThrownBy(() -> new Fleet(1, -1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }
}
