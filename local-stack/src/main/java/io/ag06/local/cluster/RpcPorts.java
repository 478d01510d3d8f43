package io.ag06.local.cluster;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * Where the processes of a cluster find each other. There are as many TaskManagers as ports for them.
 *
 * @param jobManager where the TaskManagers find the JobManager
 * @param taskManagers where the JobManager and the others find each TaskManager
 */
public record RpcPorts(RpcPort jobManager, List<RpcPort> taskManagers) {
    public RpcPorts {
        requireNonNull(jobManager, "jobManager");
        taskManagers = List.copyOf(taskManagers);
    }

    /**
     * Nothing stands between the processes.
     *
     * @param free gives a free port at each call
     */
    public static RpcPorts direct(int taskManagers, IntSupplier free) {
        return new RpcPorts(
                RpcPort.direct(free.getAsInt()),
                Stream.generate(() -> RpcPort.direct(free.getAsInt()))
                        .limit(taskManagers)
                        .toList());
    }
}
