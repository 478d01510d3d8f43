package io.ag06.local;

import static java.util.Objects.requireNonNull;

import io.ag06.local.cluster.RpcPorts;
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
 * @param cluster where Flink's processes find each other, if it shall be a cluster of processes; else it runs in this
 *     one
 */
public record StackSettings(
        Path dataDirectory,
        int kafkaPort,
        int flinkPort,
        int clickHousePort,
        int monitorPort,
        Optional<ClickHouseAddress> externalClickHouse,
        int parallelism,
        Optional<RpcPorts> cluster) {
    public StackSettings {
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        requireNonNull(externalClickHouse, "externalClickHouse");
        requireNonNull(cluster, "cluster");
    }

    /** Free ports everywhere. */
    public static StackSettings onFreePorts(Path dataDirectory, Optional<ClickHouseAddress> externalClickHouse) {
        return new StackSettings(dataDirectory, 0, 0, 0, 0, externalClickHouse, 1, Optional.empty());
    }

    /** The same with Flink as a cluster of processes. */
    public StackSettings withCluster(RpcPorts ports) {
        return new StackSettings(
                dataDirectory,
                kafkaPort,
                flinkPort,
                clickHousePort,
                monitorPort,
                externalClickHouse,
                parallelism,
                Optional.of(ports));
    }

    /** The same with Flink as a cluster of processes on free ports. */
    public StackSettings withTaskManagers(int count) {
        return withCluster(RpcPorts.direct(count, () -> Ports.claim(0, "Flink")));
    }
}
