package io.ag06.analytics.scaling.service;

import io.ag06.analytics.scaling.forecast.Forecast;
import io.ag06.analytics.scaling.forecast.ForecastStep;
import io.ag06.analytics.scaling.memory.History;
import io.ag06.analytics.scaling.memory.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Holds the forecasts of a series, as they were announced, against what came. A value is what came when it is final; a
 * step without one judges nobody. Of each forecast a few steps are remembered, until their values are final. Not
 * thread-safe.
 */
final class ForecastScores {
    private static final int MADE = 0;
    private static final int MEAN = 1;
    private static final int LO80 = 2;
    private static final int HI80 = 3;
    private static final int LO95 = 4;
    private static final int HI95 = 5;
    private static final int REMEMBERED = 6;

    private static final int FORECASTS = 0;
    private static final int ABSOLUTE = 1;
    private static final int SYMMETRIC = 2;
    private static final int INSIDE80 = 3;
    private static final int INSIDE95 = 4;
    private static final int WIDTHS80 = 5;
    private static final int WIDTHS95 = 6;
    private static final int SUMS = 7;

    private static final int DIFFERENCES = 0;
    private static final int PAIRS = 1;

    private final List<Integer> aheads;
    private final int window;
    private final int season;
    private final History past;
    private final Memory memory = new Memory();
    private final List<double[]> remembered = new ArrayList<>();
    private final List<double[]> sums = new ArrayList<>();
    private final double[] scale;

    /**
     * Scores of a series of which nothing was forecast yet.
     *
     * @param aheads how many steps ahead forecasts are judged
     * @param delay how many steps after its own a value is final
     * @param window over how many steps a score goes
     * @param season steps of a day
     * @param past the final values so far, a day of them at least
     */
    ForecastScores(List<Integer> aheads, int delay, int window, int season, History past) {
        this.aheads = List.copyOf(aheads);
        this.window = window;
        this.season = season;
        this.past = past;
        for (int ahead : aheads) {
            remembered.add(memory.numbers((ahead + delay + 1) * REMEMBERED));
            sums.add(memory.numbers(SUMS));
        }
        this.scale = memory.numbers(2);
    }

    double[] save() {
        return memory.save();
    }

    /** Takes up what {@link #save} gave. */
    void restore(double[] saved) {
        memory.restore(saved);
    }

    /**
     * Takes note of a forecast.
     *
     * @param step the last step that it knew
     */
    void announced(long step, Forecast forecast) {
        for (int i = 0; i < aheads.size(); i++) {
            ForecastStep of = forecast.steps().get(aheads.get(i) - 1);
            double[] ring = remembered.get(i);
            int at = placeOf(step, ring);
            ring[at + MADE] = step;
            ring[at + MEAN] = of.mean();
            ring[at + LO80] = of.lo80();
            ring[at + HI80] = of.hi80();
            ring[at + LO95] = of.lo95();
            ring[at + HI95] = of.hi95();
        }
    }

    private static int placeOf(long step, double[] ring) {
        return (int) Math.floorMod(step, (long) (ring.length / REMEMBERED)) * REMEMBERED;
    }

    /**
     * Holds the next final value against what was forecast.
     *
     * @param step whose value it is
     * @param value NaN where the step has none
     * @return the scores of the window that ends with this step
     */
    List<Score> settled(long step, double value) {
        if (Double.isFinite(value)) {
            for (int i = 0; i < aheads.size(); i++) {
                judge(step - aheads.get(i), value, remembered.get(i), sums.get(i));
            }
        }
        List<Score> scores = Math.floorMod(step + 1, (long) window) == 0 ? scores(step + 1 - window) : List.of();
        learn(value);
        return scores;
    }

    private static void judge(long madeAt, double value, double[] ring, double[] sum) {
        int at = placeOf(madeAt, ring);
        if (ring[at + MADE] != madeAt) {
            return;
        }
        double error = Math.abs(value - ring[at + MEAN]);
        double size = Math.abs(value) + Math.abs(ring[at + MEAN]);
        sum[FORECASTS]++;
        sum[ABSOLUTE] += error;
        sum[SYMMETRIC] += size == 0 ? 0 : 200 * error / size;
        sum[INSIDE80] += value >= ring[at + LO80] && value <= ring[at + HI80] ? 1 : 0;
        sum[INSIDE95] += value >= ring[at + LO95] && value <= ring[at + HI95] ? 1 : 0;
        sum[WIDTHS80] += ring[at + HI80] - ring[at + LO80];
        sum[WIDTHS95] += ring[at + HI95] - ring[at + LO95];
    }

    private List<Score> scores(long windowStart) {
        List<Score> scores = new ArrayList<>();
        for (int i = 0; i < aheads.size(); i++) {
            double[] sum = sums.get(i);
            if (sum[FORECASTS] > 0) {
                scores.add(new Score(
                        aheads.get(i),
                        windowStart,
                        (long) sum[FORECASTS],
                        sum[ABSOLUTE],
                        sum[SYMMETRIC],
                        (long) sum[INSIDE80],
                        (long) sum[INSIDE95],
                        sum[WIDTHS80],
                        sum[WIDTHS95],
                        scale[PAIRS] == 0 ? null : scale[DIFFERENCES] / scale[PAIRS]));
                Arrays.fill(sum, 0);
            }
        }
        return scores;
    }

    private void learn(double value) {
        if (past.available() >= season) {
            double difference = Math.abs(value - past.ago(season));
            if (Double.isFinite(difference)) {
                scale[DIFFERENCES] += difference;
                scale[PAIRS]++;
            }
        }
        past.add(value);
    }
}
