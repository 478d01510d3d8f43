package io.ag06.analytics.scaling.forecast;

import io.ag06.analytics.scaling.memory.History;
import java.util.List;

/**
 * Phases of a season in which nothing ever happens: nights of zeros. A phase is quiet where its value was exactly 0 in
 * each of the last seven of the shortest season, or in each of the last three of the longest.
 */
final class QuietPhases {
    private static final int SHORT_CYCLES = 7;
    private static final int LONG_CYCLES = 3;

    private final History values;
    private final List<Integer> seasons;

    QuietPhases(History values, List<Integer> seasons) {
        this.values = values;
        this.seasons = seasons;
    }

    /** Whether the value so many steps ahead, 1 or more, falls into a quiet phase. */
    boolean isQuiet(int ahead) {
        if (seasons.isEmpty()) {
            return false;
        }
        int shortest = seasons.get(0);
        int longest = seasons.get(seasons.size() - 1);
        return isQuiet(ahead, shortest, SHORT_CYCLES) || (longest > shortest && isQuiet(ahead, longest, LONG_CYCLES));
    }

    private boolean isQuiet(int ahead, int season, int cycles) {
        int ago = season - Math.floorMod(ahead - 1, season);
        if (ago + (cycles - 1) * season > values.available()) {
            return false;
        }
        for (int cycle = 0; cycle < cycles; cycle++) {
            if (values.ago(ago + cycle * season) != 0) {
                return false;
            }
        }
        return true;
    }
}
