package io.ag06.agent;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a scenario is played.
 *
 * @param seed the same seed gives the same events at the same times of day
 * @param length how much of its time is played
 * @param fast whether it is played as fast as it can be, ending now; otherwise at real time, beginning now
 * @param kafka HOST:PORT of Kafka, several with commas
 * @param spool the folder of what could not be published yet
 * @param stopPatience for how long a stopping simulator publishes what it still has
 */
public record SimulatorSettings(
        long seed, Duration length, boolean fast, String kafka, Path spool, Duration stopPatience) {
    public SimulatorSettings {
        requireNonNull(kafka, "kafka");
        requireNonNull(spool, "spool");
        requireNonNull(stopPatience, "stopPatience");
        if (length.isNegative() || length.isZero()) {
            throw new IllegalArgumentException("length must be positive, was " + length);
        }
    }
}
