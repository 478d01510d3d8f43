package io.ag06.agent.simulate;

import java.time.Instant;

/** Something that a scenario lets happen. */
public sealed interface SimulatedEvent permits SimulatedRequest, SimulatedLoad {
    /** When it happens: events come in the order of their times. */
    Instant time();
}
