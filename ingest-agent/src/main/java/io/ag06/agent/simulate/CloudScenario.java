package io.ag06.agent.simulate;

import java.time.Instant;
import java.util.Iterator;

/**
 * An ordinary week of the company's cloud: six services whose operations follow Zipf's law, traffic by the hour and the
 * day, a few failures always and many in short incidents, lognormal latencies with a slow tail, and each service's load
 * every ten seconds.
 */
public final class CloudScenario implements Scenario {
    private final double requestsPerSecond;

    /**
     * The cloud under this much traffic.
     *
     * @param requestsPerSecond requests to all services together, the mean of a week, above 0
     */
    public CloudScenario(double requestsPerSecond) {
        if (!(requestsPerSecond > 0 && requestsPerSecond <= 1e6)) {
            throw new IllegalArgumentException(
                    "requestsPerSecond must be above 0 and at most a million, was " + requestsPerSecond);
        }
        this.requestsPerSecond = requestsPerSecond;
    }

    @Override
    public String name() {
        return "cloud";
    }

    @Override
    public Iterator<SimulatedEvent> events(long seed, Instant start, Instant end) {
        return new CloudEvents(seed, start, end, requestsPerSecond);
    }
}
