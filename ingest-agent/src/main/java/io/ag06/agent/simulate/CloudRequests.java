package io.ag06.agent.simulate;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Makes up the requests of a {@link CloudScenario}. */
final class CloudRequests {
    /** How unevenly services, operations and regions are asked for. */
    static final Zipf SERVICES = new Zipf(CloudService.ALL.size(), 0.8);

    private static final Zipf REGIONS = new Zipf(CloudService.REGIONS.size(), 0.9);
    private static final double OPERATION_EXPONENT = 1.2;

    private static final double ERRORS = 0.003;
    private static final double ERRORS_IN_AN_INCIDENT = 0.25;
    private static final double LATENCY_IN_AN_INCIDENT = 3;
    /** Of the failures, those that only the service knows of. */
    private static final double ERRORS_WITHOUT_5XX = 0.1;

    private static final double CALLERS_MISTAKES = 0.025;
    private static final double SLOW = 0.01;
    private static final long TIMEOUT_MICROS = 5_000_000;

    private static final int[] SERVER_ERRORS = {500, 503, 502, 504};
    private static final int[] CLIENT_ERRORS = {404, 400, 401, 409, 429};
    private static final Zipf WHICH_SERVER_ERROR = new Zipf(SERVER_ERRORS.length, 1);
    private static final Zipf WHICH_CLIENT_ERROR = new Zipf(CLIENT_ERRORS.length, 1);

    private static final List<Zipf> OPERATIONS = CloudService.ALL.stream()
            .map(service -> new Zipf(service.operations().size(), OPERATION_EXPONENT))
            .toList();

    private final Random random;
    private final TraceIds traceIds;
    private final Incidents incidents;

    CloudRequests(Random random, TraceIds traceIds, Incidents incidents) {
        this.random = random;
        this.traceIds = traceIds;
        this.incidents = incidents;
    }

    SimulatedRequest at(Instant time) {
        int number = SERVICES.draw(random);
        var service = CloudService.ALL.get(number);
        boolean incident = incidents.at(number, time);
        boolean error = random.nextDouble() < (incident ? ERRORS_IN_AN_INCIDENT : ERRORS);
        int status = error ? statusOfAnError() : statusOfAnAnswer();
        return new SimulatedRequest(
                eventId(),
                time,
                service.name(),
                service.operations().get(OPERATIONS.get(number).draw(random)),
                CloudService.REGIONS.get(REGIONS.draw(random)),
                status,
                error,
                durationMicros(service, incident, status),
                size(service.requestBytes()),
                error ? 120 : size(service.responseBytes()),
                traceIds.next());
    }

    private int statusOfAnError() {
        return random.nextDouble() < ERRORS_WITHOUT_5XX ? 200 : SERVER_ERRORS[WHICH_SERVER_ERROR.draw(random)];
    }

    private int statusOfAnAnswer() {
        return random.nextDouble() < CALLERS_MISTAKES ? CLIENT_ERRORS[WHICH_CLIENT_ERROR.draw(random)] : 200;
    }

    /** Lognormal, one in a hundred of them 5 to 40 times as long; a gateway's timeout has its own length. */
    private long durationMicros(CloudService service, boolean incident, int status) {
        double micros = service.medianMicros() * StrictMath.exp(service.spread() * random.nextGaussian());
        double slow = random.nextDouble() < SLOW ? 5 + 35 * random.nextDouble() : 1;
        if (status == 504) {
            return TIMEOUT_MICROS + (long) micros;
        }
        return Math.max(1, (long) (micros * slow * (incident ? LATENCY_IN_AN_INCIDENT : 1)));
    }

    private long size(long median) {
        return (long) (median * StrictMath.exp(0.7 * random.nextGaussian()));
    }

    /** Looks like a random UUID (version 4, variant 2), and comes from the seed. */
    private String eventId() {
        long most = (random.nextLong() & ~0xF000L) | 0x4000L;
        long least = (random.nextLong() & ~(0xC000L << 48)) | (0x8000L << 48);
        return new UUID(most, least).toString();
    }
}
