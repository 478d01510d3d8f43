package io.ag06.agent.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * Makes up the loads of a {@link CloudScenario}. Replicas follow the traffic of five minutes ago, as an autoscaler's
 * do, aiming at 60 % of their processors; utilisation follows the traffic of now.
 */
final class CloudLoads {
    private static final Duration SCALING_LAG = Duration.ofMinutes(5);
    private static final double TARGET_UTILISATION = 0.6;
    private static final int LEAST_REPLICAS = 2;
    private static final double NOISE = 0.06;

    private final Random random;
    private final Incidents incidents;
    private final double requestsPerSecond;

    CloudLoads(Random random, Incidents incidents, double requestsPerSecond) {
        this.random = random;
        this.incidents = incidents;
        this.requestsPerSecond = requestsPerSecond;
    }

    SimulatedLoad at(Instant time, int number) {
        var service = CloudService.ALL.get(number);
        double mean = requestsPerSecond * CloudRequests.SERVICES.probability(number);
        double rate = mean * Season.factor(time) * noise();
        double rateBefore = mean * Season.factor(time.minus(SCALING_LAG));
        int replicas = Math.max(LEAST_REPLICAS, (int)
                StrictMath.ceil(rateBefore / (service.requestsPerReplica() * TARGET_UTILISATION)));
        double slower = incidents.at(number, time) ? 3 : 1;
        double cpu = share(rate / (replicas * service.requestsPerReplica()));
        // Little's law: as many in flight as arrive while one is served; the mean of a lognormal is above its median.
        double meanSeconds =
                service.medianMicros() / 1e6 * StrictMath.exp(service.spread() * service.spread() / 2) * slower;
        return new SimulatedLoad(
                service.name(),
                time,
                replicas,
                cpu,
                share((0.35 + 0.3 * cpu) * noise()),
                Math.round(rate * meanSeconds * noise()),
                (long) replicas * service.concurrency());
    }

    private double noise() {
        return StrictMath.exp(NOISE * random.nextGaussian());
    }

    private static double share(double value) {
        return Math.min(1, Math.max(0, value));
    }
}
