package io.ag06.local;

import io.ag06.pipeline.job.Job;
import io.ag06.pipeline.job.Jobs;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs that a cluster was given and does not know any more. A JobManager keeps its jobs in memory; one that was killed
 * and started again has none. Each is submitted again from its newest completed checkpoint with the settings it had. A
 * job that has ended is left alone: whoever ended it meant it.
 *
 * <p>What fails for one job, as when its run can't be written down on a full disk, is logged and tried again the next
 * time; the others are looked after meanwhile. Nothing but an {@link Error} comes out of {@link #submitAgain}, since
 * whoever calls it again and again would stop.
 *
 * <p>Why nothing is lost or doubled by that, while tasks of the old run may still be at work, is described in
 * {@code docs/exactly-once.md}.
 */
final class ForgottenJobs {
    private static final Logger LOG = LoggerFactory.getLogger(ForgottenJobs.class);

    /** In the place of a job's name. */
    private static final String CLUSTER = "";

    private final Cluster cluster;
    private final Map<String, Integer> runsBefore;
    private final Set<String> ended = new HashSet<>();

    /** What is logged already, by the job's name; that of the cluster itself under {@link #CLUSTER}. */
    private final Map<String, String> failures = new HashMap<>();

    /** Looks after the jobs that are submitted to a cluster from now on. */
    ForgottenJobs(Cluster cluster) {
        this.cluster = cluster;
        this.runsBefore = Jobs.all().stream()
                .collect(Collectors.toMap(
                        Job::jobName, job -> cluster.runsOf(job).numberOfLast()));
    }

    /** Looks once; what can't be done now, as while the JobManager starts, is done the next time. */
    synchronized void submitAgain() {
        Map<String, JobStatus> known;
        try {
            known = cluster.list().stream()
                    .collect(Collectors.toMap(job -> job.getJobId().toString(), JobStatusMessage::getJobState));
            failures.remove(CLUSTER);
        } catch (RuntimeException e) { // The client's own among them; the next turn must come.
            if (isNew(CLUSTER, e)) {
                LOG.warn("Jobs can't be looked after now, this is tried again: {}", reasonOf(e));
            }
            return;
        }
        known.forEach((id, state) -> {
            if (state.isGloballyTerminalState()) {
                ended.add(id);
            }
        });
        Jobs.all().forEach(job -> lookAfter(job, known));
    }

    private void lookAfter(Job job, Map<String, JobStatus> known) {
        try {
            cluster.runsOf(job)
                    .last()
                    .filter(run -> isForgotten(job, run, known))
                    .flatMap(run -> cluster.submitForgotten(job, run))
                    .ifPresent(id -> LOG.warn("Flink had forgotten {}; submitted it again as {}", job.jobName(), id));
            failures.remove(job.jobName());
        } catch (RuntimeException e) { // A full disk, a password file that has gone: whatever it is, others go on.
            if (isNew(job.jobName(), e)) {
                LOG.error(
                        "Whether Flink has forgotten {} can't be seen, or it can't be submitted again: {}."
                                + " Mend that; it is tried again until it is done",
                        job.jobName(),
                        reasonOf(e),
                        e);
            }
        }
    }

    /** Whether the run is of this life of the cluster, has not ended, and is unknown. */
    private boolean isForgotten(Job job, JobRun run, Map<String, JobStatus> known) {
        Submission submission = run.submission().orElseThrow();
        return run.number() > runsBefore.get(job.jobName())
                && !known.containsKey(submission.jobId())
                && !ended.contains(submission.jobId());
    }

    /** A failure that lasts is told once, not each time somebody looks. */
    private boolean isNew(String whose, RuntimeException failure) {
        String reason = reasonOf(failure);
        return !reason.equals(failures.put(whose, reason));
    }

    private static String reasonOf(RuntimeException failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        Throwable cause = failure.getCause();
        boolean said = cause == null || cause.getMessage() == null || message.contains(cause.getMessage());
        return said ? message : "%s (%s)".formatted(message, cause.getMessage());
    }

    /** The cluster that may have forgotten jobs. */
    interface Cluster {
        /** Every job it knows. */
        Collection<JobStatusMessage> list();

        /** What was submitted to it of a job. */
        JobRuns runsOf(Job job);

        /** Submits a run again; empty where there was nothing to do. */
        Optional<JobID> submitForgotten(Job job, JobRun forgotten);

        /** Of which these are the jobs. */
        static Cluster of(FlinkJobs jobs) {
            return new Cluster() {
                @Override
                public Collection<JobStatusMessage> list() {
                    return jobs.list();
                }

                @Override
                public JobRuns runsOf(Job job) {
                    return jobs.runsOf(job);
                }

                @Override
                public Optional<JobID> submitForgotten(Job job, JobRun forgotten) {
                    return jobs.submitForgotten(job, forgotten);
                }
            };
        }
    }
}
