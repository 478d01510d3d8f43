package io.ag06.local.cluster;

import java.time.Duration;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/**
 * Flink's options for each process. Flink's own shell scripts work out how a TaskManager's memory is divided; started
 * without them it must be told.
 */
final class ProcessOptions {
    static final MemorySize JOB_MANAGER_HEAP = MemorySize.ofMebiBytes(400);
    static final MemorySize METASPACE = MemorySize.ofMebiBytes(256);

    private static final String LOOPBACK = "127.0.0.1";
    private static final MemorySize TASK_HEAP = MemorySize.ofMebiBytes(600);
    private static final MemorySize FRAMEWORK_HEAP = MemorySize.ofMebiBytes(100);
    private static final MemorySize TASK_OFF_HEAP = MemorySize.ofMebiBytes(64);
    private static final MemorySize FRAMEWORK_OFF_HEAP = MemorySize.ofMebiBytes(64);
    private static final MemorySize NETWORK = MemorySize.ofMebiBytes(64);
    private static final MemorySize MANAGED = MemorySize.ofMebiBytes(256);
    private static final MemorySize OVERHEAD = MemorySize.ofMebiBytes(128);

    private ProcessOptions() {}

    static MemorySize taskManagerHeap() {
        return TASK_HEAP.add(FRAMEWORK_HEAP);
    }

    static MemorySize taskManagerDirectMemory() {
        return TASK_OFF_HEAP.add(FRAMEWORK_OFF_HEAP).add(NETWORK);
    }

    static Configuration jobManager(ClusterSettings settings, ProcessFiles files) {
        Configuration options = shared(settings, files);
        options.set(JobManagerOptions.BIND_HOST, LOOPBACK);
        options.set(
                JobManagerOptions.RPC_BIND_PORT,
                settings.rpcPorts().jobManager().bound());
        options.set(JobManagerOptions.TOTAL_PROCESS_MEMORY, JOB_MANAGER_HEAP.multiply(2));
        options.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofSeconds(1)); // As the embedded one has it.
        options.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        options.set(RestOptions.BIND_PORT, Integer.toString(settings.restPort()));
        // How old a task's metrics may be when somebody asks for them.
        options.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofSeconds(1));
        return options;
    }

    static Configuration taskManager(ClusterSettings settings, ProcessFiles files, String name, RpcPort port) {
        Configuration options = shared(settings, files);
        // The same over restarts, so that a TaskManager started again takes the place of the one it was.
        options.set(TaskManagerOptions.TASK_MANAGER_RESOURCE_ID, name);
        options.set(TaskManagerOptions.HOST, LOOPBACK);
        options.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
        options.set(TaskManagerOptions.RPC_PORT, Integer.toString(port.advertised()));
        options.set(TaskManagerOptions.RPC_BIND_PORT, port.bound());
        options.set(TaskManagerOptions.NUM_TASK_SLOTS, settings.slots());
        options.set(TaskManagerOptions.SLOT_TIMEOUT, Duration.ofSeconds(5));
        options.set(TaskManagerOptions.CPU_CORES, (double) settings.slots());
        options.set(TaskManagerOptions.TASK_HEAP_MEMORY, TASK_HEAP);
        options.set(TaskManagerOptions.FRAMEWORK_HEAP_MEMORY, FRAMEWORK_HEAP);
        options.set(TaskManagerOptions.TASK_OFF_HEAP_MEMORY, TASK_OFF_HEAP);
        options.set(TaskManagerOptions.FRAMEWORK_OFF_HEAP_MEMORY, FRAMEWORK_OFF_HEAP);
        options.set(TaskManagerOptions.NETWORK_MEMORY_MIN, NETWORK);
        options.set(TaskManagerOptions.NETWORK_MEMORY_MAX, NETWORK);
        options.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED);
        options.set(TaskManagerOptions.JVM_METASPACE, METASPACE);
        options.set(TaskManagerOptions.JVM_OVERHEAD_MIN, OVERHEAD);
        options.set(TaskManagerOptions.JVM_OVERHEAD_MAX, OVERHEAD);
        return options;
    }

    private static Configuration shared(ClusterSettings settings, ProcessFiles files) {
        Configuration options = new Configuration();
        settings.options().forEach(options::setString);
        options.set(JobManagerOptions.ADDRESS, LOOPBACK);
        options.set(JobManagerOptions.PORT, settings.rpcPorts().jobManager().advertised());
        options.set(RestOptions.ADDRESS, LOOPBACK);
        options.set(RestOptions.PORT, settings.restPort());
        options.set(CoreOptions.TMP_DIRS, files.temporary().toString());
        options.set(
                TaskManagerOptions.TASK_MANAGER_LOAD_BALANCE_MODE, TaskManagerOptions.TaskManagerLoadBalanceMode.SLOTS);
        // All on one machine: what does not answer for seconds is dead, and what was started again is there at once.
        options.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofSeconds(1));
        options.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofSeconds(5));
        options.set(ClusterOptions.ERROR_REGISTRATION_DELAY, Duration.ofMillis(500));
        options.set(ClusterOptions.REFUSED_REGISTRATION_DELAY, Duration.ofSeconds(1));
        options.set(ClusterOptions.MAX_REGISTRATION_TIMEOUT, Duration.ofSeconds(2));
        return options;
    }
}
