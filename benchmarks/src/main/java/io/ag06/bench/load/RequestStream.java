package io.ag06.bench.load;

import io.ag06.schemas.ServiceRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Service requests as a busy cloud would make them, from a seed: 64 services, 6 operations of each and 5 regions, asked
 * for as unevenly as Zipf's law has it, {@value #PER_SECOND} of them a second. Latencies are lognormal with a long
 * tail. A request is sent when it ends and dated by its beginning, so event times are out of order by as much as
 * latencies are.
 */
public final class RequestStream {
    /** Requests a second of event time. */
    public static final int PER_SECOND = 10_000;

    private static final long SEED = 0xA6060;
    private static final int MICROS_BETWEEN = 1_000_000 / PER_SECOND;
    private static final int SERVICES = 64;
    private static final List<String> KINDS = List.of(
            "mixer-api", "telemetry", "preset-sync", "auth", "studio-render", "billing", "scene-share", "firmware");
    private static final List<String> OPERATIONS = List.of(
            "GET /mixers/{id}",
            "PATCH /mixers/{id}/channels",
            "GET /presets",
            "POST /events",
            "PUT /presets/{id}",
            "DELETE /presets/{id}");
    private static final List<String> REGIONS = List.of("eu-west", "us-east", "ap-northeast", "sa-east", "ap-south");
    private static final double FAILURES = 0.003;
    private static final double CALLERS_MISTAKES = 0.025;
    private static final double SLOW = 0.01;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Shares services = new Shares(SERVICES);
    private final Shares operations = new Shares(OPERATIONS.size());
    private final Shares regions = new Shares(REGIONS.size());
    private final List<String> serviceNames;
    private final ServiceRequest request = new ServiceRequest();
    private final Instant first;
    private long made;
    private int lastKey;

    /** @param first when the first request ends */
    public RequestStream(Instant first) {
        this.first = first;
        this.serviceNames = IntStream.range(0, SERVICES)
                .mapToObj(number -> "%s-%d".formatted(KINDS.get(number % KINDS.size()), number / KINDS.size() + 1))
                .toList();
    }

    /** The next request; the same object every time, with other values. */
    public ServiceRequest next() {
        int service = services.draw(random);
        int operation = operations.draw(random);
        int region = regions.draw(random);
        lastKey = (service * OPERATIONS.size() + operation) * REGIONS.size() + region;
        int status = status();
        long duration = durationMicros(service);
        request.setEventId(eventId());
        request.setEventTime(first.plus(made++ * MICROS_BETWEEN - duration, ChronoUnit.MICROS));
        request.setService(serviceNames.get(service));
        request.setOperation(OPERATIONS.get(operation));
        request.setRegion(REGIONS.get(region));
        request.setStatusCode(status);
        request.setError(status >= 500 || random.nextDouble() < FAILURES / 10);
        request.setDurationUs(duration);
        request.setRequestBytes(around(600));
        request.setResponseBytes(around(2_400));
        return request;
    }

    /** A number that stands for the last request's service, operation and region. */
    public int lastKey() {
        return lastKey;
    }

    /** How many such numbers there are. */
    public static int keys() {
        return SERVICES * OPERATIONS.size() * REGIONS.size();
    }

    private int status() {
        double draw = random.nextDouble();
        if (draw < FAILURES) {
            return 503;
        }
        return draw < FAILURES + CALLERS_MISTAKES ? 404 : 200;
    }

    private long durationMicros(int service) {
        double median = 2_000 * (1 + service % 12);
        double tail = random.nextDouble() < SLOW ? 5 + 35 * random.nextDouble() : 1;
        return 1 + (long) (median * tail * StrictMath.exp(0.6 * random.nextGaussian()));
    }

    private long around(long median) {
        return (long) (median * StrictMath.exp(0.7 * random.nextGaussian()));
    }

    /** Looks like a random UUID (version 4, variant 2), and comes from the seed. */
    private String eventId() {
        long most = (random.nextLong() & ~0xF000L) | 0x4000L;
        long least = (random.nextLong() >>> 2) | (1L << 63);
        return new UUID(most, least).toString();
    }

    /** Ranks drawn with probabilities 1, 1/2, 1/3, … of their sum. */
    private static final class Shares {
        private final double[] upTo;

        Shares(int ranks) {
            upTo = new double[ranks];
            double sum = 0;
            for (int rank = 0; rank < ranks; rank++) {
                sum += 1.0 / (rank + 1);
                upTo[rank] = sum;
            }
        }

        int draw(SplittableRandom random) {
            int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
            return found >= 0 ? Math.min(found + 1, upTo.length - 1) : -found - 1;
        }
    }
}
