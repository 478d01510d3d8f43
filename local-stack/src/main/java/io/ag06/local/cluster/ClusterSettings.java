package io.ag06.local.cluster;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * How a cluster is laid out. Its ports stay the same, however often a process is started again.
 *
 * @param directory for the configuration and the temporary files of each process
 * @param logs for a log of each process
 * @param classPath of each process
 * @param restPort of the REST interface and web page
 * @param jobManager where the TaskManagers find the JobManager
 * @param taskManagers one for each TaskManager: where the JobManager and the others find it
 * @param slots of each TaskManager: how many tasks of one job may run side by side in it
 * @param options of Flink by key, for what jobs do not say themselves: checkpoints, state backend, restarts
 */
public record ClusterSettings(
        Path directory,
        Path logs,
        FlinkClassPath classPath,
        int restPort,
        RpcPort jobManager,
        List<RpcPort> taskManagers,
        int slots,
        Map<String, String> options) {
    public ClusterSettings {
        directory = directory.toAbsolutePath().normalize();
        logs = logs.toAbsolutePath().normalize();
        requireNonNull(classPath, "classPath");
        requireNonNull(jobManager, "jobManager");
        taskManagers = List.copyOf(taskManagers);
        options = Map.copyOf(options);
    }

    /**
     * A cluster with nothing between its processes.
     *
     * @param ports gives a free port at each call
     */
    public static ClusterSettings of(
            Path directory, Path logs, FlinkClassPath classPath, int restPort, int taskManagers, IntSupplier ports) {
        return new ClusterSettings(
                directory,
                logs,
                classPath,
                restPort,
                RpcPort.direct(ports.getAsInt()),
                Stream.generate(() -> RpcPort.direct(ports.getAsInt()))
                        .limit(taskManagers)
                        .toList(),
                8,
                Map.of());
    }

    /** The same with the JobManager found elsewhere. */
    public ClusterSettings withJobManager(RpcPort port) {
        return new ClusterSettings(directory, logs, classPath, restPort, port, taskManagers, slots, options);
    }

    /** The same with as many TaskManagers as ports. */
    public ClusterSettings withTaskManagers(List<RpcPort> ports) {
        return new ClusterSettings(directory, logs, classPath, restPort, jobManager, ports, slots, options);
    }

    /** The same with these options of Flink. */
    public ClusterSettings withOptions(Map<String, String> flinkOptions) {
        return new ClusterSettings(directory, logs, classPath, restPort, jobManager, taskManagers, slots, flinkOptions);
    }
}
