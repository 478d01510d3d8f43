package io.ag06.local.cluster;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;

/**
 * How a cluster is laid out. Its ports stay the same, however often a process is started again.
 *
 * @param directory for the configuration and the temporary files of each process
 * @param logs for a log of each process
 * @param classPath of each process
 * @param restPort of the REST interface and web page
 * @param rpcPorts of the processes among themselves; their number is that of the TaskManagers
 * @param slots of each TaskManager: how many tasks of one job may run side by side in it
 * @param options of Flink by key, for what jobs do not say themselves: checkpoints, restarts
 */
public record ClusterSettings(
        Path directory,
        Path logs,
        FlinkClassPath classPath,
        int restPort,
        RpcPorts rpcPorts,
        int slots,
        Map<String, String> options) {
    public ClusterSettings {
        directory = directory.toAbsolutePath().normalize();
        logs = logs.toAbsolutePath().normalize();
        requireNonNull(classPath, "classPath");
        requireNonNull(rpcPorts, "rpcPorts");
        options = Map.copyOf(options);
    }
}
