package io.ag06.agent.simulate;

import java.time.Instant;
import java.util.Iterator;

/** A story that events tell: what happens, how often, and what goes wrong. */
public interface Scenario {
    /** The name by which it is asked for. */
    String name();

    /**
     * The events of a stretch of time, in the order of their times, made as they are asked for.
     *
     * @param seed the same seed gives the same events
     * @param start of the first possible event
     * @param end after the last possible event
     */
    Iterator<SimulatedEvent> events(long seed, Instant start, Instant end);
}
