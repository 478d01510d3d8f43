package io.ag06.local;

import io.ag06.pipeline.job.Job;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs of one Flink cluster, over its REST interface. */
public final class FlinkJobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FlinkJobs.class);
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(2);
    private static final int RETAINED_CHECKPOINTS = 3;

    private final RestClusterClient<String> client;
    private final URI rest;
    private final Path checkpoints;
    private final List<Path> jars;

    private FlinkJobs(RestClusterClient<String> client, URI rest, Path checkpoints, List<Path> jars) {
        this.client = client;
        this.rest = rest;
        this.checkpoints = checkpoints;
        this.jars = jars;
    }

    /**
     * The jobs of a cluster.
     *
     * @param rest the cluster's REST address
     * @param checkpoints folder that every machine of the cluster reaches; each job has one of its own in it
     * @param jars the jobs' code, for a cluster that does not have it; empty for one in this process
     */
    public static FlinkJobs at(URI rest, Path checkpoints, List<Path> jars) {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.ADDRESS, rest.getHost());
        configuration.set(RestOptions.PORT, rest.getPort());
        configuration.set(RestOptions.RETRY_MAX_ATTEMPTS, 3);
        configuration.set(RestOptions.RETRY_DELAY, Duration.ofMillis(500));
        try {
            return new FlinkJobs(
                    new RestClusterClient<>(configuration, rest.toString()), rest, checkpoints, List.copyOf(jars));
        } catch (Exception e) { // What the constructor declares.
            throw new StackException("Flink's REST client can't be made for " + rest, e);
        }
    }

    /**
     * Submits a job. It starts from the newest completed checkpoint that it ever made in its folder, if there is one.
     *
     * @param settings the job's settings, each {@code key=value}
     * @throws StackException where it runs already, or Flink refuses it
     */
    public JobID submit(Job job, List<String> settings, int parallelism) {
        if (running(job).isPresent()) {
            throw new StackException("%s runs already at %s; cancel it there first".formatted(job.jobName(), rest));
        }
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configurationOf(job));
        environment.setParallelism(parallelism);
        job.assemble(environment, settings);
        StreamGraph graph = environment.getStreamGraph();
        graph.setJobName(job.jobName());
        Optional<Path> newest = Checkpoints.newestIn(checkpointsOf(job));
        newest.ifPresent(checkpoint -> graph.setSavepointRestoreSettings(
                SavepointRestoreSettings.forPath(checkpoint.toUri().toString())));
        var jobGraph = graph.getJobGraph();
        jars.forEach(jar -> jobGraph.addJar(new org.apache.flink.core.fs.Path(jar.toUri())));
        JobID id = await(client.submitJob(jobGraph), "Flink refuses the job " + job.jobName());
        LOG.info(
                "Submitted {} as {}, {}",
                job.jobName(),
                id,
                newest.map(path -> "from " + path).orElse("from the beginning"));
        return id;
    }

    /** The job under this name that has not ended, if there is one. */
    public Optional<JobID> running(Job job) {
        return list().stream()
                .filter(status -> status.getJobName().equals(job.jobName()))
                .filter(status -> !status.getJobState().isGloballyTerminalState())
                .map(JobStatusMessage::getJobId)
                .findFirst();
    }

    /** Every job the cluster knows. */
    public Collection<JobStatusMessage> list() {
        try {
            return await(client.listJobs(), "Flink does not answer at " + rest);
        } catch (StackException e) {
            throw e;
        } catch (Exception e) { // What listJobs declares.
            throw new StackException("Flink does not answer at " + rest, e);
        }
    }

    /** What Flink says of the job. */
    public JobStatus status(JobID job) {
        return await(client.getJobStatus(job), "Flink does not know the job " + job);
    }

    /** What the job ended with; waits until it has ended. */
    public JobResult result(JobID job) {
        return await(client.requestJobResult(job), "Flink does not know the job " + job);
    }

    /** Has a job make a checkpoint now, beside those it makes by itself; its number, once it is complete. */
    public CompletableFuture<Long> checkpoint(JobID job) {
        return client.triggerCheckpoint(job, CheckpointType.CONFIGURED);
    }

    /** Cancels a job; returns when it has ended. */
    public void cancel(JobID job) {
        await(client.cancel(job), "Flink can't cancel the job " + job);
        result(job);
    }

    /** Where the job's checkpoints lie. */
    public Path checkpointsOf(Job job) {
        return checkpoints.resolve(job.jobName());
    }

    @Override
    public void close() {
        client.close();
    }

    private Configuration configurationOf(Job job) {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                checkpointsOf(job).toUri().toString());
        configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, RETAINED_CHECKPOINTS);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, Duration.ofMillis(500));
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, Duration.ofSeconds(10));
        return configuration;
    }

    private static <T> T await(CompletableFuture<T> answer, String failure) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while waiting for Flink", e);
        } catch (ExecutionException e) {
            throw new StackException("%s: %s".formatted(failure, rootMessage(e)), e);
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage();
    }
}
