package io.ag06.analytics.scaling.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a forecast says of itself is stored, so it must not depend on who says it. */
class QualityTest {
    private final Locale locale = Locale.getDefault();

    @AfterEach
    void speakAsBefore() {
        Locale.setDefault(locale);
    }

    @Test
    void wordsAreTheSameOnEveryMachine() {
        Locale.setDefault(Locale.GERMANY);

        assertThat(new Quality(1500, 1500, 1200, 2000, 1100, 1440, List.of(1440, 10_080), true).assumptions())
                .containsExactly(
                        "1,500 of 3,000 steps had no value; the forecast was taken for them",
                        "the last 1,200 steps had none",
                        "2,000 values far off were believed in part",
                        "a new level was believed 1,100 times",
                        "the value has not changed for 1,440 steps, which it never did before: is the sensor dead?",
                        "too short to know the seasons of [1440, 10080] steps");
    }

    @Test
    void oneIsNotMany() {
        assertThat(new Quality(9, 1, 1, 1, 1, 0, List.of(24), true).assumptions())
                .containsExactly(
                        "1 of 10 steps had no value; the forecast was taken for it",
                        "the last step had none",
                        "1 value far off was believed in part",
                        "a new level was believed once",
                        "too short to know the season of 24 steps");
    }
}
