package io.ag06.analytics.scaling.forecast;

import io.ag06.analytics.scaling.memory.Memory;
import java.util.List;

/**
 * Additive exponential smoothing with a level, a damped trend, one profile for each season, and an adjustment for
 * errors that are alike from step to step (Taylor, "Short-term electricity demand forecasting using double seasonal
 * exponential smoothing", J. Oper. Res. Soc. 54, 2003; the damped trend: Gardner, McKenzie, Management Science 31,
 * 1985).
 */
final class HoltWinters implements Method {
    /** A phase that was seen k times moves by at least this / (k + 1) of an error. */
    private static final double FIRST_GAIN = 0.7;

    private final String name;
    private final int[] seasons;
    private final double levelGain;
    private final double trendGain;
    private final double damping;
    private final double[] gains;
    private final double persistence;
    private final double[] count;
    private final double[] level;
    private final double[][] profiles;

    HoltWinters(
            String name,
            Memory memory,
            List<Integer> seasons,
            double levelGain,
            double trendGain,
            double damping,
            List<Double> gains,
            double persistence) {
        this.name = name;
        this.seasons = seasons.stream().mapToInt(Integer::intValue).toArray();
        this.levelGain = levelGain;
        this.trendGain = trendGain;
        this.damping = damping;
        this.gains = gains.stream().mapToDouble(Double::doubleValue).toArray();
        this.persistence = persistence;
        this.count = memory.numbers(1);
        // Level, trend, and the error of the last step before its adjustment.
        this.level = memory.numbers(3);
        this.profiles = new double[this.seasons.length][];
        for (int i = 0; i < this.seasons.length; i++) {
            profiles[i] = memory.numbers(this.seasons[i]);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isReady() {
        return count[0] >= 2L * start();
    }

    @Override
    public void observe(double value) {
        long t = (long) count[0];
        count[0]++;
        if (t < start()) {
            start(t, value);
            return;
        }
        double error = value - level[0] - damping * level[1] - profile(t);
        level[0] += damping * level[1] + levelGain * error;
        level[1] = damping * level[1] + trendGain * levelGain * error;
        for (int i = 0; i < seasons.length; i++) {
            int phase = (int) (t % seasons[i]);
            long cycles = t / seasons[i];
            profiles[i][phase] += Math.max(gains[i], FIRST_GAIN / (cycles + 1)) * error;
        }
        level[2] = error;
    }

    /** Values that are looked at before it begins. */
    private int start() {
        return seasons.length == 0 ? 1 : seasons[0];
    }

    /** The first season becomes the first profile, around its own mean. */
    private void start(long t, double value) {
        level[0] += value / start();
        if (seasons.length == 0) {
            return;
        }
        profiles[0][(int) t] = value;
        if (t == seasons[0] - 1) {
            for (int phase = 0; phase < seasons[0]; phase++) {
                profiles[0][phase] -= level[0];
            }
        }
    }

    private double profile(long t) {
        double sum = 0;
        for (int i = 0; i < seasons.length; i++) {
            sum += profiles[i][(int) (t % seasons[i])];
        }
        return sum;
    }

    @Override
    public void forecast(double[] into) {
        long t = (long) count[0];
        double carried = level[2];
        double trend = 0;
        double damped = level[1];
        for (int step = 0; step < into.length; step++) {
            carried *= persistence;
            damped *= damping;
            trend += damped;
            into[step] = level[0] + trend + profile(t + step) + carried;
        }
    }
}
