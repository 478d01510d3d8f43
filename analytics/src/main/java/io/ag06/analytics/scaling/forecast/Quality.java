package io.ag06.analytics.scaling.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a forecast rests on, and what it had to assume.
 *
 * @param values values that were measured
 * @param gaps steps without a value, for which the forecast was taken
 * @param gapsAtEnd how many of them are the last steps
 * @param tempered values that were so far off that only a part of the surprise was believed
 * @param shifts times that such values came one after another, so that a new level was believed
 * @param sameAtEnd how long the last value has not changed, steps, where that is longer than ever before and longer
 *     than a season: the sensor may be dead; else 0
 * @param seasonsUnseen seasonal periods of which less than two cycles were seen
 * @param calibrated whether the intervals rest on errors of forecasts; else on the changes from step to step
 */
public record Quality(
        long values,
        long gaps,
        long gapsAtEnd,
        long tempered,
        long shifts,
        long sameAtEnd,
        List<Integer> seasonsUnseen,
        boolean calibrated) {
    public Quality {
        seasonsUnseen = List.copyOf(seasonsUnseen);
    }

    /** Each assumption in words, the same on every machine; empty where there was nothing to assume. */
    public List<String> assumptions() {
        List<String> words = new ArrayList<>();
        if (gaps > 0) {
            words.add("%s of %s had no value; the forecast was taken for %s"
                    .formatted(number(gaps), counted(gaps + values, "step"), gaps == 1 ? "it" : "them"));
        }
        if (gapsAtEnd > 0) {
            words.add(
                    gapsAtEnd == 1
                            ? "the last step had none"
                            : "the last %s steps had none".formatted(number(gapsAtEnd)));
        }
        if (tempered > 0) {
            words.add("%s far off %s believed in part"
                    .formatted(counted(tempered, "value"), tempered == 1 ? "was" : "were"));
        }
        if (shifts > 0) {
            words.add("a new level was believed " + (shifts == 1 ? "once" : counted(shifts, "time")));
        }
        if (sameAtEnd > 0) {
            words.add("the value has not changed for %s, which it never did before: is the sensor dead?"
                    .formatted(counted(sameAtEnd, "step")));
        }
        if (!seasonsUnseen.isEmpty()) {
            words.add(
                    seasonsUnseen.size() == 1
                            ? "too short to know the season of %s steps".formatted(seasonsUnseen.get(0))
                            : "too short to know the seasons of %s steps".formatted(seasonsUnseen));
        }
        if (!calibrated) {
            words.add("too short to know its own errors; intervals are guessed from the changes from step to step");
        }
        return words;
    }

    private static String counted(long count, String noun) {
        return number(count) + " " + noun + (count == 1 ? "" : "s");
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
