package io.ag06.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A real Flink cluster in this process, with its web page and REST interface; checkpoints outlive it. */
public final class LocalFlink implements Flink {
    private static final Logger LOG = LoggerFactory.getLogger(LocalFlink.class);

    private static final Duration METRICS_EVERY = Duration.ofSeconds(1);

    private final MiniCluster cluster;
    private final URI rest;
    private final FlinkJobs jobs;

    private LocalFlink(MiniCluster cluster, URI rest, FlinkJobs jobs) {
        this.cluster = cluster;
        this.rest = rest;
        this.jobs = jobs;
    }

    /**
     * Starts the cluster; returns when it takes jobs.
     *
     * @param directory where it keeps checkpoints and temporary files
     * @param port of its REST interface and web page, 0 for any free port
     * @param slots how many tasks may run side by side in one job
     */
    public static LocalFlink start(Path directory, int port, int slots) {
        return start(directory, port, slots, new Configuration());
    }

    /**
     * The same with further options of Flink's.
     *
     * @param more what is set here counts where it is not said below
     */
    public static LocalFlink start(Path directory, int port, int slots, Configuration more) {
        Configuration configuration = new Configuration(more);
        configuration.set(RestOptions.ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.PORT, Ports.claim(port, "Flink"));
        configuration.set(RestOptions.BIND_PORT, Integer.toString(configuration.get(RestOptions.PORT)));
        configuration.set(WebOptions.SUBMIT_ENABLE, true);
        // This process has every class of the jobs already; a job's jar that brought them again would mix the two.
        configuration.set(CoreOptions.CLASSLOADER_RESOLVE_ORDER, "parent-first");
        configuration.set(WebOptions.TMP_DIR, prepared(directory.resolve("tmp")).toString());
        configuration.set(
                CoreOptions.TMP_DIRS, prepared(directory.resolve("tmp")).toString());
        // How old a task's metrics may be when somebody asks for them.
        configuration.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, METRICS_EVERY);
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        try {
            MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                    .setConfiguration(configuration)
                    .setNumTaskManagers(1)
                    .setNumSlotsPerTaskManager(slots)
                    .setRpcServiceSharing(RpcServiceSharing.SHARED)
                    .build());
            cluster.start();
            URI rest = cluster.getRestAddress().get();
            LOG.info("Flink answers on {}, data in {}", rest, directory);
            return new LocalFlink(cluster, rest, FlinkJobs.at(rest, checkpointsIn(directory), List.of()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while starting Flink", e);
        } catch (Exception e) { // What MiniCluster.start declares.
            throw new StackException("Flink does not start: " + e.getMessage(), e);
        }
    }

    @Override
    public FlinkJobs jobs() {
        return jobs;
    }

    @Override
    public URI rest() {
        return rest;
    }

    /** Where the jobs of a cluster in this folder keep their checkpoints. */
    public static Path checkpointsIn(Path directory) {
        return directory.resolve("checkpoints");
    }

    @Override
    public void close() {
        jobs.close();
        try {
            cluster.close();
        } catch (Exception e) { // What MiniCluster.close declares.
            throw new StackException("Flink does not stop: " + e.getMessage(), e);
        }
    }

    private static Path prepared(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder can't be created: " + directory, e);
        }
    }
}
