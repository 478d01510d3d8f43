package io.ag06.local.chaos;

import io.ag06.agent.simulate.SimulatedRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;

/** Requests by number: the same number is the same request, but for its time. */
final class NumberedRequests {
    private static final String PREFIX = "n-";
    private static final List<String> SERVICES = List.of("mixer-api", "telemetry", "preset-sync", "studio-render");
    private static final List<String> OPERATIONS = List.of("read", "write", "export");
    private static final List<String> REGIONS = List.of("eu-west", "us-east");

    private final long seed;

    NumberedRequests(long seed) {
        this.seed = seed;
    }

    SimulatedRequest at(long number, Instant time) {
        SplittableRandom random = new SplittableRandom(seed ^ (number * 0x9E3779B97F4A7C15L));
        boolean error = random.nextInt(50) == 0;
        return new SimulatedRequest(
                PREFIX + number,
                time.truncatedTo(ChronoUnit.MICROS),
                SERVICES.get(random.nextInt(SERVICES.size())),
                OPERATIONS.get(random.nextInt(OPERATIONS.size())),
                REGIONS.get(random.nextInt(REGIONS.size())),
                error ? 503 : 200,
                error,
                (long) Math.exp(6 + 8 * random.nextDouble()),
                random.nextInt(2_000),
                random.nextInt(20_000));
    }

    /** The number of a stored request, as an expression of SQL. */
    static String numberInSql() {
        return "toUInt64(substring(event_id, %d))".formatted(PREFIX.length() + 1);
    }

    /** A condition on the rows of the raw table: they are numbered requests. */
    static String conditionInSql() {
        return "startsWith(event_id, '%s')".formatted(PREFIX);
    }
}
