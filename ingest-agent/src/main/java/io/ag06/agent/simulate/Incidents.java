package io.ag06.agent.simulate;

import java.time.Instant;
import java.util.Random;

/**
 * When services are in trouble: each minute of each service has one chance in eight of an incident that lasts 5 to 20
 * seconds. Follows from the seed and the time alone.
 */
final class Incidents {
    private static final double CHANCE = 1.0 / 8;
    private static final long MINUTE_MILLIS = 60_000;

    private final long seed;

    Incidents(long seed) {
        this.seed = seed;
    }

    /** Whether the service of this number is in trouble at this time. */
    boolean at(int service, Instant time) {
        long millis = time.toEpochMilli();
        long minute = Math.floorDiv(millis, MINUTE_MILLIS);
        var random = new Random(seed ^ (minute * 31 + service) * 0x9E3779B97F4A7C15L);
        if (random.nextDouble() >= CHANCE) {
            return false;
        }
        long from = random.nextInt(40_000);
        long length = 5_000L + random.nextInt(15_000);
        long within = Math.floorMod(millis, MINUTE_MILLIS);
        return within >= from && within < from + length;
    }
}
