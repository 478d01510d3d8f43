package io.ag06.analytics.scaling.decision;

import io.ag06.analytics.scaling.memory.Memory;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a replica can carry, from load L, replicas n and their utilisation u: L / (n u), which is what one would carry
 * if it were busy all the time. Minutes in which the replicas were hardly busy tell little and are left out.
 *
 * <p>Of each size of the fleet (1, 2, 3, … replicas, then sizes a tenth apart) the last values are kept, and their
 * median is taken, which single odd minutes do not move. Where fleets of several sizes are known and the Universal
 * Scalability Law explains them better than one capacity for all, it holds; else the median of all. Until there is
 * enough, the configured value holds.
 */
final class LearnedCapacity {
    private static final double LEAST_BUSY = 0.3;
    private static final int KEPT_OF_A_SIZE = 25;
    private static final int FEWEST_OF_A_SIZE = 9;
    private static final int FEWEST = 30;
    private static final int FEWEST_SIZES = 4;
    private static final double RANGE_OF_SIZES = 3;
    private static final double RATIO_OF_SIZES = 1.1;
    private static final int SIZES = 60;
    /** The law is taken where its error is at most this share of one capacity's. */
    private static final double EXPLAINS = 0.5;

    private final double configured;
    private final double[] counts;
    private final double[] replicas;
    private final double[][] perReplica;
    private final double[] law;

    /**
     * Nothing is known yet.
     *
     * @param configured load that a replica can carry in a minute
     */
    LearnedCapacity(Memory memory, double configured) {
        this.configured = configured;
        this.counts = memory.numbers(SIZES);
        this.replicas = memory.numbers(SIZES);
        this.perReplica = new double[SIZES][];
        for (int size = 0; size < SIZES; size++) {
            perReplica[size] = memory.numbers(KEPT_OF_A_SIZE);
        }
        // The law as it was told last, and whether it was.
        this.law = memory.numbers(4);
    }

    /**
     * Takes in a minute.
     *
     * @param load NaN where it was not measured
     * @param ready replicas that carried it
     * @param utilisation 0..1
     */
    void learn(double load, int ready, double utilisation) {
        if (!(load > 0) || ready < 1 || !(utilisation >= LEAST_BUSY) || utilisation > 1) {
            return;
        }
        int size = sizeOf(ready);
        perReplica[size][(int) counts[size] % KEPT_OF_A_SIZE] = load / ready / utilisation;
        counts[size]++;
        // A fleet's count changes little within a size; the last one stands for it.
        replicas[size] = ready;
        tell();
    }

    /** 1, 2, … while a tenth more is less than one replica; then the logarithm. */
    private static int sizeOf(int ready) {
        int single = 10;
        return ready <= single
                ? ready - 1
                : Math.min(
                        SIZES - 1,
                        single - 1 + (int) Math.ceil(Math.log((double) ready / single) / Math.log(RATIO_OF_SIZES)));
    }

    private void tell() {
        if (Arrays.stream(counts).sum() < FEWEST) {
            return;
        }
        int[] known = IntStream.range(0, SIZES)
                .filter(size -> counts[size] >= FEWEST_OF_A_SIZE)
                .toArray();
        ScalabilityLaw told = ScalabilityLaw.linear(median(IntStream.range(0, SIZES)
                .mapToObj(this::kept)
                .flatMapToDouble(Arrays::stream)
                .toArray()));
        if (known.length >= FEWEST_SIZES && replicas[known[known.length - 1]] >= RANGE_OF_SIZES * replicas[known[0]]) {
            double[] sizes =
                    Arrays.stream(known).mapToDouble(size -> replicas[size]).toArray();
            double[] medians =
                    Arrays.stream(known).mapToDouble(size -> median(kept(size))).toArray();
            double errorOfOne = told.error(sizes, medians);
            told = ScalabilityLaw.fit(sizes, medians)
                    .filter(fitted -> fitted.error(sizes, medians) <= EXPLAINS * errorOfOne)
                    .orElse(told);
        }
        law[0] = told.perReplica();
        law[1] = told.contention();
        law[2] = told.coherency();
        law[3] = 1;
    }

    private double[] kept(int size) {
        return Arrays.copyOf(perReplica[size], (int) Math.min(KEPT_OF_A_SIZE, counts[size]));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** Whether it was learned; else it is the configured value. */
    boolean isLearned() {
        return law[3] != 0;
    }

    ScalabilityLaw law() {
        return isLearned() ? new ScalabilityLaw(law[0], law[1], law[2]) : ScalabilityLaw.linear(configured);
    }
}
