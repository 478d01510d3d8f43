package io.ag06.analytics.scaling.decision;

import java.util.Optional;

/**
 * The load that n replicas carry together, the Universal Scalability Law: X(n) = g n / (1 + a (n - 1) + b n (n - 1))
 * (Gunther: "Guerrilla Capacity Planning", 2007).
 *
 * @param perReplica g, load that one replica carries alone in a minute, above 0
 * @param contention a, the share of work that has to queue for something shared, 0 or more; dimensionless
 * @param coherency b, what each pair of replicas costs to agree, 0 or more; dimensionless
 */
public record ScalabilityLaw(double perReplica, double contention, double coherency) {
    /** A load that is a whole number of capacities needs as many replicas, whatever the division's last digit is. */
    private static final double A_DIGIT = 1e-9;

    /** Replicas that do not hinder each other. */
    public static ScalabilityLaw linear(double perReplica) {
        return new ScalabilityLaw(perReplica, 0, 0);
    }

    /** Load that so many replicas carry together in a minute. */
    public double carriedBy(int replicas) {
        return perReplica * replicas / slowing(replicas);
    }

    private double slowing(double replicas) {
        // Where there are none, as for the first.
        return replicas < 1 ? 1 : 1 + contention * (replicas - 1) + coherency * replicas * (replicas - 1);
    }

    /** Load that one of so many replicas carries in a minute. */
    public double perReplicaOf(int replicas) {
        return perReplica / slowing(replicas);
    }

    /**
     * The fewest replicas that carry a load; where none do, those that carry the most.
     *
     * @param most replicas that there may be
     */
    public int replicasFor(double load, int most) {
        if (contention == 0 && coherency == 0) {
            return (int) Math.max(1, Math.min(most, Math.ceil(load / perReplica - A_DIGIT)));
        }
        int best = 1;
        for (int replicas = 1; replicas <= most; replicas++) {
            if (carriedBy(replicas) >= load * (1 - A_DIGIT)) {
                return replicas;
            }
            best = carriedBy(replicas) > carriedBy(best) ? replicas : best;
        }
        return best;
    }

    /**
     * The law through what was measured, by least squares of the relative error of n / X(n), which is linear in 1/g,
     * a/g and b/g. Where one of the latter two would be negative the law without it is taken.
     *
     * @param replicas counts, each one or more
     * @param perReplica load that one of so many carried, above 0
     * @return empty where the counts are too few to tell it from
     */
    static Optional<ScalabilityLaw> fit(double[] replicas, double[] perReplica) {
        for (boolean[] terms : new boolean[][] {{true, true}, {true, false}, {false, true}}) {
            Optional<ScalabilityLaw> law = fit(replicas, perReplica, terms[0], terms[1]);
            if (law.isPresent()) {
                return law;
            }
        }
        return Optional.empty();
    }

    private static Optional<ScalabilityLaw> fit(
            double[] replicas, double[] perReplica, boolean contends, boolean agrees) {
        int terms = 1 + (contends ? 1 : 0) + (agrees ? 1 : 0);
        double[][] normal = new double[terms][terms + 1];
        for (int i = 0; i < replicas.length; i++) {
            double n = replicas[i];
            double[] regressors = new double[terms];
            int term = 0;
            regressors[term++] = perReplica[i];
            if (contends) {
                regressors[term++] = perReplica[i] * (n - 1);
            }
            if (agrees) {
                regressors[term] = perReplica[i] * n * (n - 1);
            }
            for (int row = 0; row < terms; row++) {
                for (int column = 0; column < terms; column++) {
                    normal[row][column] += regressors[row] * regressors[column];
                }
                normal[row][terms] += regressors[row];
            }
        }
        return solved(normal).flatMap(weights -> {
            double contention = contends ? weights[1] / weights[0] : 0;
            double coherency = agrees ? weights[terms - 1] / weights[0] : 0;
            return weights[0] > 0 && contention >= 0 && coherency >= 0
                    ? Optional.of(new ScalabilityLaw(1 / weights[0], contention, coherency))
                    : Optional.empty();
        });
    }

    /** The solution of a symmetric system, its right side in the last column; empty where there is none or many. */
    private static Optional<double[]> solved(double[][] system) {
        int size = system.length;
        for (int pivot = 0; pivot < size; pivot++) {
            double head = system[pivot][pivot];
            for (int row = pivot + 1; row < size; row++) {
                double factor = system[row][pivot] / head;
                for (int column = pivot; column <= size; column++) {
                    system[row][column] -= factor * system[pivot][column];
                }
            }
        }
        double[] solution = new double[size];
        for (int row = size - 1; row >= 0; row--) {
            double sum = system[row][size];
            for (int column = row + 1; column < size; column++) {
                sum -= system[row][column] * solution[column];
            }
            solution[row] = sum / system[row][row];
            if (!Double.isFinite(solution[row])) {
                return Optional.empty();
            }
        }
        return Optional.of(solution);
    }

    /** Mean relative error of what it says of what was measured. */
    double error(double[] replicas, double[] perReplica) {
        double sum = 0;
        for (int i = 0; i < replicas.length; i++) {
            sum += Math.abs(perReplicaOf((int) replicas[i]) / perReplica[i] - 1);
        }
        return sum / replicas.length;
    }
}
