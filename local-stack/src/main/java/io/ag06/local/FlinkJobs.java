package io.ag06.local;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
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
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.jobgraph.JobGraph;
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
    private static final Duration LONGEST_START = Duration.ofSeconds(60);

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
     * Submits a job, which goes on where its last run has come to.
     *
     * @param settings the job's settings, each {@code key=value}
     * @throws StackException where it runs already, or Flink refuses it
     */
    public JobID submit(Job job, List<String> settings, int parallelism) {
        return submit(job, settings, parallelism, new Start.WhereItWas());
    }

    /** The same from a place of one's own choice. */
    public JobID submit(Job job, List<String> settings, int parallelism, Start start) {
        JobRuns runs = runsOf(job);
        return runs.alone(() -> submit(job, settings, parallelism, runs, start.after(runs)));
    }

    private JobID submit(Job job, List<String> settings, int parallelism, JobRuns runs, Optional<Path> from) {
        refuseWhereItRuns(job, runs);
        JobRun run = runs.begin();
        JobGraph graph;
        try {
            graph = graphOf(job, settings, parallelism, run, from);
            // Before Flink has it: a run that nobody wrote down could not be submitted again.
            run.record(Submission.of(
                    job.jobName(), rest.toString(), graph.getJobID().toString(), from, settings, parallelism));
        } catch (RuntimeException e) { // Settings that can't be used, a full disk.
            run.delete();
            throw e;
        }
        submit(graph, run);
        LOG.info(
                "Submitted {} as {}, {}",
                job.jobName(),
                graph.getJobID(),
                from.map(path -> "from " + path).orElse("from the beginning"));
        runs.prune();
        return graph.getJobID();
    }

    private JobGraph graphOf(Job job, List<String> settings, int parallelism, JobRun run, Optional<Path> from) {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configurationOf(run.directory()));
        environment.setParallelism(parallelism);
        job.assemble(environment, settings);
        StreamGraph graph = environment.getStreamGraph();
        graph.setJobName(job.jobName());
        from.ifPresent(checkpoint -> graph.setSavepointRestoreSettings(
                SavepointRestoreSettings.forPath(checkpoint.toUri().toString())));
        JobGraph jobGraph = graph.getJobGraph();
        jars.forEach(jar -> jobGraph.addJar(new org.apache.flink.core.fs.Path(jar.toUri())));
        return jobGraph;
    }

    /** A run that the cluster surely does not have leaves nothing behind. */
    private void submit(JobGraph graph, JobRun run) {
        try {
            await(client.submitJob(graph), "Flink refuses the job " + graph.getName());
        } catch (StackException e) {
            if (answers() && state(graph.getJobID()).isEmpty()) {
                run.delete();
            }
            throw e;
        }
    }

    /**
     * Submits a run again that this cluster has forgotten, as a JobManager does that was killed: with the settings it
     * had, from the newest checkpoint it completed.
     *
     * @return under which the cluster knows the job from now on; empty where there was nothing to do
     */
    Optional<JobID> submitForgotten(Job job, JobRun forgotten) {
        JobRuns runs = runsOf(job);
        return runs.alone(() -> runs.last()
                .filter(forgotten::equals)
                .flatMap(JobRun::submission)
                .filter(last -> !last.stopped() && last.flink().equals(rest.toString()))
                .filter(last -> state(JobID.fromHexString(last.jobId())).isEmpty())
                .map(last ->
                        submit(job, settingsOf(forgotten, last), last.parallelism(), runs, runs.newestCheckpoint())));
    }

    /** The permission to delete rows was for the start; it is used up once the run has completed a checkpoint. */
    private static List<String> settingsOf(JobRun run, Submission submission) {
        boolean used = run.newestCheckpoint().isPresent();
        return submission.settings().stream()
                .filter(setting -> !used || !setting.startsWith("replace-from="))
                .toList();
    }

    /**
     * Stops a job in order: what it has read is stored, and where it stands is left as a savepoint, from which the next
     * submission goes on.
     *
     * @param savepoints folder that every machine of the cluster reaches; the savepoint gets a folder of its own in it
     * @return the savepoint's folder
     * @throws StackException where it does not run, or Flink can't stop it
     */
    public Path stop(Job job, Path savepoints) {
        JobID id = running(job)
                .orElseThrow(() -> new StackException("%s does not run at %s".formatted(job.jobName(), rest)));
        awaitTasks(job, id);
        JobRuns runs = runsOf(job);
        Optional<JobRun> ours = runs.last().filter(run -> isRunOf(run, id));
        // Before it begins: where this command is killed, the savepoint is found all the same.
        ours.ifPresent(run -> run.record(run.submission().orElseThrow().stoppingWith(savepoints)));
        String answer = await(
                client.stopWithSavepoint(id, false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL),
                "Flink can't stop " + job.jobName());
        Path savepoint = Path.of(URI.create(answer));
        ours.ifPresentOrElse(
                run -> run.record(run.submission().orElseThrow().havingStopped()),
                () -> takeOver(job, id, savepoint, runs));
        return savepoint;
    }

    private static boolean isRunOf(JobRun run, JobID id) {
        return run.submission()
                .filter(submission -> submission.jobId().equals(id.toString()))
                .isPresent();
    }

    /** Flink's own command had submitted it; from here on its savepoint is where it goes on. */
    private void takeOver(Job job, JobID id, Path savepoint, JobRuns runs) {
        Submission foreign =
                Submission.of(job.jobName(), rest.toString(), id.toString(), Optional.of(savepoint), List.of(), 1);
        runs.begin().record(foreign.havingStopped());
    }

    /** A savepoint needs every task; one that is starting, or starting again, is there in a moment. */
    private void awaitTasks(Job job, JobID id) {
        RetryPolicy<Boolean> untilAllRun = RetryPolicy.<Boolean>builder()
                .handleIf((allRun, failure) -> failure == null && !allRun)
                .withDelay(Duration.ofMillis(200))
                .withMaxDuration(LONGEST_START)
                .withMaxRetries(-1)
                .build();
        if (!Failsafe.with(untilAllRun).get(() -> allTasksRun(id))) {
            throw new StackException("%s can't be stopped: its tasks have not been running for %d s; see %s"
                    .formatted(job.jobName(), LONGEST_START.toSeconds(), rest));
        }
    }

    private boolean allTasksRun(JobID id) {
        return await(client.getJobDetails(id), "Flink does not know the job " + id).getJobVertexInfos().stream()
                .allMatch(task ->
                        task.getTasksPerState().getOrDefault(ExecutionState.RUNNING, 0) == task.getParallelism());
    }

    private void refuseWhereItRuns(Job job, JobRuns runs) {
        if (running(job).isPresent()) {
            throw runsAlready(job, rest.toString());
        }
        runs.last()
                .flatMap(JobRun::submission)
                .filter(last -> !last.flink().equals(rest.toString()) && runsElsewhere(last))
                .ifPresent(last -> {
                    throw runsAlready(job, last.flink());
                });
    }

    private static StackException runsAlready(Job job, String flink) {
        return new StackException("%s runs already at %s; stop it there first".formatted(job.jobName(), flink));
    }

    /** Two clusters that go on from the same checkpoints would store every row twice. */
    private boolean runsElsewhere(Submission last) {
        try (FlinkJobs other = at(URI.create(last.flink()), checkpoints, List.of())) {
            return other.state(JobID.fromHexString(last.jobId()))
                    .filter(state -> !state.isGloballyTerminalState())
                    .isPresent();
        } catch (StackException e) {
            LOG.info("{} ran at {}, where nobody answers any more", last.job(), last.flink());
            return false;
        }
    }

    private boolean answers() {
        try {
            list();
            return true;
        } catch (StackException e) {
            LOG.debug("{} does not answer", rest, e);
            return false;
        }
    }

    /** What this cluster says of a job; empty where it does not know it. */
    Optional<JobStatus> state(JobID id) {
        return list().stream()
                .filter(status -> status.getJobId().equals(id))
                .map(JobStatusMessage::getJobState)
                .findFirst();
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

    /** Where the job's checkpoints lie, by run. */
    public Path checkpointsOf(Job job) {
        return checkpoints.resolve(job.jobName());
    }

    @Override
    public void close() {
        client.close();
    }

    /** The runs of a job, by which it goes on. */
    JobRuns runsOf(Job job) {
        return new JobRuns(checkpointsOf(job));
    }

    /** What jobs and clusters of ours are told of state, checkpoints and restarts, for checkpoints in the folder. */
    static Configuration configurationOf(Path checkpoints) {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, RETAINED_CHECKPOINTS);
        // The same in every kind of cluster: no backend restores the checkpoints of another. What does not change
        // between
        // two checkpoints, as most of what services remember, is not written again.
        configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
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
