package io.ag06.agent.simulate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Random;

/**
 * The events of a {@link CloudScenario}: arrivals by a Poisson process whose rate follows {@link Season} (candidates at
 * the highest rate, thinned), merged with the services' loads.
 *
 * <p>Chance comes from {@link Random}, whose numbers the Java platform lays down for ever, and {@link StrictMath}: a
 * seed means the same events on every machine.
 */
final class CloudEvents implements Iterator<SimulatedEvent> {
    private static final long LOAD_EVERY_MICROS = 10_000_000;
    private static final double MICROS_PER_SECOND = 1e6;

    private final Random random;
    private final CloudRequests requests;
    private final CloudLoads loads;
    private final long endMicros;
    private final double candidatesPerSecond;
    private long requestMicros;
    private long loadMicros;
    private int loadService;

    CloudEvents(long seed, Instant start, Instant end, double requestsPerSecond) {
        this.random = new Random(seed);
        var incidents = new Incidents(seed);
        // Traces and loads draw from numbers of their own: how many requests there were must not change the loads, and
        // which of them are traced must not change the requests.
        this.requests = new CloudRequests(random, new TraceIds(seed), incidents);
        this.loads = new CloudLoads(new Random(~seed), incidents, requestsPerSecond);
        this.endMicros = micros(end);
        this.candidatesPerSecond = requestsPerSecond * Season.MAX;
        this.requestMicros = micros(start);
        this.loadMicros = Math.floorDiv(micros(start) + LOAD_EVERY_MICROS - 1, LOAD_EVERY_MICROS) * LOAD_EVERY_MICROS;
        toNextRequest();
    }

    @Override
    public boolean hasNext() {
        return Math.min(requestMicros, loadMicros) < endMicros;
    }

    @Override
    public SimulatedEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the scenario has ended");
        }
        if (loadMicros <= requestMicros) {
            var load = loads.at(instant(loadMicros), loadService);
            loadService++;
            if (loadService == CloudService.ALL.size()) {
                loadService = 0;
                loadMicros += LOAD_EVERY_MICROS;
            }
            return load;
        }
        var request = requests.at(instant(requestMicros));
        toNextRequest();
        return request;
    }

    private void toNextRequest() {
        double micros = 0;
        boolean kept = false;
        while (!kept && requestMicros + micros < endMicros) {
            micros += -StrictMath.log(1 - random.nextDouble()) / candidatesPerSecond * MICROS_PER_SECOND;
            double factor = Season.factor(instant(requestMicros + (long) micros));
            kept = random.nextDouble() * Season.MAX < factor;
        }
        requestMicros += (long) StrictMath.ceil(micros);
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
