package io.ag06.agent.simulate;

import java.util.random.RandomGenerator;

/**
 * Zipf's law over ranks 0 to n - 1: the probability of rank r is (r + 1)^-s over the sum of all. The few first take
 * most, as with the operations of any service.
 */
final class Zipf {
    private final double[] cumulative;

    /**
     * The law for so many ranks.
     *
     * @param ranks number of ranks, at least 1
     * @param exponent s, at least 0; 0 makes all ranks equal
     */
    Zipf(int ranks, double exponent) {
        if (ranks < 1) {
            throw new IllegalArgumentException("ranks must be at least 1, was " + ranks);
        }
        cumulative = new double[ranks];
        double sum = 0;
        for (int rank = 0; rank < ranks; rank++) {
            sum += StrictMath.pow(rank + 1.0, -exponent);
            cumulative[rank] = sum;
        }
        for (int rank = 0; rank < ranks; rank++) {
            cumulative[rank] /= sum;
        }
    }

    double probability(int rank) {
        return rank == 0 ? cumulative[0] : cumulative[rank] - cumulative[rank - 1];
    }

    int draw(RandomGenerator random) {
        double u = random.nextDouble();
        int rank = 0;
        while (rank < cumulative.length - 1 && u >= cumulative[rank]) {
            rank++;
        }
        return rank;
    }
}
