package io.ag06.local;

import io.ag06.pipeline.job.Job;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A real Flink cluster in this process, with its web page and REST interface; checkpoints outlive it. */
public final class LocalFlink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalFlink.class);
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(2);

    private final MiniCluster cluster;
    private final Path directory;
    private final URI rest;

    private LocalFlink(MiniCluster cluster, Path directory, URI rest) {
        this.cluster = cluster;
        this.directory = directory;
        this.rest = rest;
    }

    /**
     * Starts the cluster; returns when it takes jobs.
     *
     * @param directory where it keeps checkpoints and temporary files
     * @param port of its REST interface and web page, 0 for any free port
     * @param slots how many tasks may run side by side in one job
     */
    public static LocalFlink start(Path directory, int port, int slots) {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.PORT, Ports.claim(port, "Flink"));
        configuration.set(RestOptions.BIND_PORT, Integer.toString(configuration.get(RestOptions.PORT)));
        configuration.set(WebOptions.SUBMIT_ENABLE, true);
        configuration.set(WebOptions.TMP_DIR, prepared(directory.resolve("tmp")).toString());
        configuration.set(CoreOptions.TMP_DIRS, prepared(directory.resolve("tmp")).toString());
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
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
            return new LocalFlink(cluster, directory, rest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while starting Flink", e);
        } catch (Exception e) { // What MiniCluster.start declares.
            throw new StackException("Flink does not start: " + e.getMessage(), e);
        }
    }

    /**
     * Submits a job; it starts from the newest completed checkpoint that it ever made in this folder, if there is one.
     *
     * @param settings the job's settings, each {@code key=value}
     */
    public JobID submit(Job job, List<String> settings, int parallelism) {
        Path checkpoints = prepared(checkpointsOf(job));
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
        configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 3);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, Duration.ofMillis(500));
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, Duration.ofSeconds(10));
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(parallelism);
        job.assemble(environment, settings);
        StreamGraph graph = environment.getStreamGraph();
        graph.setJobName(job.jobName());
        Optional<Path> newest = Checkpoints.newestIn(checkpoints);
        newest.ifPresent(checkpoint -> graph.setSavepointRestoreSettings(
                SavepointRestoreSettings.forPath(checkpoint.toUri().toString())));
        try {
            JobID id = cluster.submitJob(graph.getJobGraph()).get().getJobID();
            LOG.info(
                    "Submitted {} as {}, {}",
                    job.jobName(),
                    id,
                    newest.map(path -> "from " + path).orElse("from the beginning"));
            return id;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while submitting " + job.jobName(), e);
        } catch (ExecutionException e) {
            throw new StackException("Flink refuses the job %s: %s".formatted(job.jobName(), e.getCause()), e);
        }
    }

    /** Where the job's checkpoints lie. */
    public Path checkpointsOf(Job job) {
        return directory.resolve("checkpoints").resolve(job.jobName());
    }

    /** What Flink says of a job it was given. */
    public JobStatus status(JobID job) {
        try {
            return cluster.getJobStatus(job).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while asking for a job", e);
        } catch (ExecutionException e) {
            throw new StackException("Flink does not know the job %s: %s".formatted(job, e.getCause()), e);
        }
    }

    /** Cancels a job; returns when it has ended. */
    public void cancel(JobID job) {
        try {
            cluster.cancelJob(job).get();
            cluster.requestJobResult(job).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while cancelling a job", e);
        } catch (ExecutionException e) {
            throw new StackException("The job %s can't be cancelled: %s".formatted(job, e.getCause()), e);
        }
    }

    /** Address of the REST interface and the web page. */
    public URI rest() {
        return rest;
    }

    @Override
    public void close() {
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
