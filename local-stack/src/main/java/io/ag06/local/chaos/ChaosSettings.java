package io.ag06.local.chaos;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a run of the fault suite is laid out.
 *
 * @param cycles how many faults
 * @param seed of the plan, and of the requests
 * @param perSecond requests a second
 * @param dataDirectory where everything is kept; empty for a temporary folder
 * @param keep whether it is kept after a clean verdict too
 */
public record ChaosSettings(int cycles, long seed, int perSecond, Optional<Path> dataDirectory, boolean keep) {}
