package io.ag06.analytics.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class CounterTotalTest {
    @Test
    void whatACounterShowedBeforeWeLookedDoesNotCount() {
        CounterTotal total = CounterTotal.from("a", 1_000).next("a", 1_003);

        assertThat(total.total()).isEqualTo(3);
    }

    @Test
    void allThatACounterShowsCountsWhereItBeganUnderOurEyes() {
        assertThat(CounterTotal.fromZero("a", 7).next("a", 9).total()).isEqualTo(9);
    }

    @Test
    void aCounterThatShowsLessHasStartedAnew() {
        assertThat(CounterTotal.from("a", 100).next("a", 150).next("a", 20).total())
                .isEqualTo(70);
    }

    @Test
    void anotherRunStartsAnewThoughItShowsMore() {
        assertThat(CounterTotal.from("a", 100).next("b", 300).total()).isEqualTo(300);
    }

    /** However often it starts anew: nothing counts twice, and all that was looked at counts. */
    @Property
    void theTotalIsTheSumOfWhatEachStartCameTo(
            @ForAll @NotEmpty List<@NotEmpty List<@IntRange(min = 0, max = 1_000) Integer>> increments) {
        CounterTotal total = CounterTotal.fromZero("first", 0);
        long expected = 0;
        for (int run = 0; run < increments.size(); run++) {
            long shown = 0;
            for (int increment : increments.get(run)) {
                shown += increment;
                total = total.next("run " + run, shown);
            }
            expected += shown;
        }

        assertThat(total.total()).isEqualTo(expected);
    }
}
