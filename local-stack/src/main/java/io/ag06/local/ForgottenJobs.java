package io.ag06.local;

import io.ag06.pipeline.job.Job;
import io.ag06.pipeline.job.Jobs;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs that a cluster was given and does not know any more. A JobManager keeps its jobs in memory; one that was killed
 * and started again has none. Each is submitted again from its newest completed checkpoint with the settings it had. A
 * job that has ended is left alone: whoever ended it meant it.
 *
 * <p>Why nothing is lost or doubled by that, while tasks of the old run may still be at work, is described in
 * {@code docs/exactly-once.md}.
 */
final class ForgottenJobs {
    private static final Logger LOG = LoggerFactory.getLogger(ForgottenJobs.class);

    private final FlinkJobs jobs;
    private final Map<String, Integer> runsBefore;
    private final Set<String> ended = new HashSet<>();
    private String lastFailure = "";

    /** Looks after the jobs that are submitted to a cluster from now on. */
    ForgottenJobs(FlinkJobs jobs) {
        this.jobs = jobs;
        this.runsBefore = Jobs.all().stream()
                .collect(Collectors.toMap(Job::jobName, job -> jobs.runsOf(job).numberOfLast()));
    }

    /** Looks once; what can't be done now, as while the JobManager starts, is done the next time. */
    synchronized void submitAgain() {
        try {
            Map<String, JobStatus> known = jobs.list().stream()
                    .collect(Collectors.toMap(job -> job.getJobId().toString(), JobStatusMessage::getJobState));
            known.forEach((id, state) -> {
                if (state.isGloballyTerminalState()) {
                    ended.add(id);
                }
            });
            for (Job job : Jobs.all()) {
                jobs.runsOf(job).last().filter(run -> isForgotten(run, known)).ifPresent(run -> submitAgain(job, run));
            }
        } catch (StackException e) {
            if (!lastFailure.equals(e.getMessage())) {
                lastFailure = e.getMessage();
                LOG.warn("Jobs can't be looked after now: {}", lastFailure);
            }
        }
    }

    /** Whether the run is of this life of the cluster, has not ended, and is unknown. */
    private boolean isForgotten(JobRun run, Map<String, JobStatus> known) {
        Submission submission = run.submission().orElseThrow();
        return run.number() > runsBefore.get(submission.job())
                && !known.containsKey(submission.jobId())
                && !ended.contains(submission.jobId());
    }

    private void submitAgain(Job job, JobRun run) {
        jobs.submitForgotten(job, run)
                .ifPresent(id -> LOG.warn("Flink had forgotten {}; submitted it again as {}", job.jobName(), id));
    }
}
