package io.ag06.local;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a local stack is laid out.
 *
 * @param dataDirectory where everything it keeps lies
 * @param kafkaPort 0 for any free port (so the next three)
 * @param flinkPort of Flink's REST interface and page
 * @param clickHousePort of ClickHouse's HTTP interface
 * @param monitorPort of the pipeline's health and metrics
 * @param externalClickHouse a server to use in place of the embedded one
 * @param parallelism of each job
 */
public record StackSettings(
        Path dataDirectory,
        int kafkaPort,
        int flinkPort,
        int clickHousePort,
        int monitorPort,
        Optional<ClickHouseAddress> externalClickHouse,
        int parallelism) {
    public StackSettings {
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        requireNonNull(externalClickHouse, "externalClickHouse");
    }

    /** Free ports everywhere. */
    public static StackSettings onFreePorts(Path dataDirectory, Optional<ClickHouseAddress> externalClickHouse) {
        return new StackSettings(dataDirectory, 0, 0, 0, 0, externalClickHouse, 1);
    }
}
