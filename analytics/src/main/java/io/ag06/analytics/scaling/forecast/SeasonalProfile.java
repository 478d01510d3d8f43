package io.ag06.analytics.scaling.forecast;

import io.ag06.analytics.scaling.memory.History;
import io.ag06.analytics.scaling.memory.Memory;
import java.util.List;

/**
 * A level, a profile for each season, and an autoregressive remainder: y(t) = level + sum of profile_s(t mod s) + r(t).
 *
 * <p>Level and profiles move by a share of each error (exponential smoothing with several seasons: Taylor, "Short-term
 * electricity demand forecasting using double seasonal exponential smoothing", J. Oper. Res. Soc. 54, 2003); a phase
 * that was seen k times moves by at least 1/(k + 1) of it, so that nothing needs to be fitted beforehand. The remainder
 * is forecast from its own last values and those one season before, with weights by recursive least squares (Taylor's
 * adjustment for autocorrelated errors, with more lags). So the profile is corrected for the level of today, and the
 * correction fades with the horizon as the series itself has shown it to.
 */
final class SeasonalProfile implements Method {
    private static final int REMAINDER_LIMIT = 8;

    private final String name;
    private final int[] seasons;
    private final double levelGain;
    private final double[] gains;
    private final double[] count;
    private final double[] level;
    private final double[] size;
    private final double[][] profiles;
    private final History remainders;
    private final int[] lags;
    private final RecursiveLeastSquares regression;
    private final double[] regressors;

    SeasonalProfile(
            String name,
            Memory memory,
            List<Integer> seasons,
            double levelGain,
            List<Double> gains,
            double memorySteps) {
        this.name = name;
        this.seasons = seasons.stream().mapToInt(Integer::intValue).toArray();
        this.levelGain = levelGain;
        this.gains = gains.stream().mapToDouble(Double::doubleValue).toArray();
        this.count = memory.numbers(1);
        this.level = memory.numbers(1);
        this.size = memory.numbers(2);
        this.profiles = new double[this.seasons.length][];
        for (int i = 0; i < this.seasons.length; i++) {
            profiles[i] = memory.numbers(this.seasons[i]);
        }
        int season = this.seasons[0];
        this.lags = season < 5 ? new int[] {1} : new int[] {1, 2, 3, season - 1, season, season + 1};
        this.remainders = new History(memory, lags[lags.length - 1]);
        this.regression = new RecursiveLeastSquares(memory, lags.length, memorySteps);
        this.regressors = new double[lags.length];
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isReady() {
        return count[0] > 2 * seasons[0];
    }

    @Override
    public void observe(double value) {
        long t = (long) count[0];
        if (t == 0) {
            level[0] = value;
        }
        double error = value - profile(t);
        learnRemainder(error);
        level[0] += gain(levelGain, t) * error;
        for (int i = 0; i < seasons.length; i++) {
            int phase = (int) (t % seasons[i]);
            long cycles = t / seasons[i];
            profiles[i][phase] += (cycles == 0 && i == 0 ? 0.9 : gain(gains[i], cycles + 1)) * error;
        }
        count[0]++;
    }

    private static double gain(double least, long seen) {
        return Math.max(least, 1.0 / (seen + 1));
    }

    private void learnRemainder(double error) {
        size[0] = 0.999 * size[0] + Math.abs(error);
        size[1] = 0.999 * size[1] + 1;
        if (count[0] < seasons[0]) {
            return;
        }
        if (remainders.size() >= lags[lags.length - 1] && scale() > 0) {
            double scale = scale();
            for (int i = 0; i < lags.length; i++) {
                regressors[i] = remainders.ago(lags[i]) / scale;
            }
            regression.learn(regressors, error / scale);
        }
        remainders.add(error);
    }

    private double scale() {
        return size[0] / size[1];
    }

    private double profile(long t) {
        double sum = level[0];
        for (int i = 0; i < seasons.length; i++) {
            sum += profiles[i][(int) (t % seasons[i])];
        }
        return sum;
    }

    @Override
    public void forecast(double[] into) {
        long t = (long) count[0];
        double limit = REMAINDER_LIMIT * scale();
        boolean corrected = remainders.size() > lags[lags.length - 1];
        double[] remainder = new double[into.length];
        for (int step = 0; step < into.length; step++) {
            double sum = 0;
            for (int i = 0; corrected && i < lags.length; i++) {
                double before = lags[i] > step ? remainders.ago(lags[i] - step) : remainder[step - lags[i]];
                sum += regression.weight(i) * before;
            }
            remainder[step] = Math.max(-limit, Math.min(limit, sum));
            into[step] = profile(t + step) + remainder[step];
        }
    }
}
