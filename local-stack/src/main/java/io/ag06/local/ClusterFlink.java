package io.ag06.local;

import io.ag06.local.cluster.ClusterSettings;
import io.ag06.local.cluster.FlinkClassPath;
import io.ag06.local.cluster.RpcPorts;
import io.ag06.local.cluster.StandaloneCluster;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A Flink cluster of processes on this machine, looked after: a process that ends unasked is started again at its
 * ports, and a job that a killed JobManager has forgotten is submitted again from its newest checkpoint.
 */
public final class ClusterFlink implements Flink {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** Of each TaskManager. More than the jobs need, so that one may be submitted with more parallel tasks. */
    private static final int SLOTS = 8;

    private final StandaloneCluster cluster;
    private final FlinkJobs jobs;
    private final ForgottenJobs forgotten;
    private final ScheduledExecutorService supervisor = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "flink-supervisor");
        thread.setDaemon(true);
        return thread;
    });
    private ScheduledFuture<?> looking;

    private ClusterFlink(StandaloneCluster cluster, FlinkJobs jobs) {
        this.cluster = cluster;
        this.jobs = jobs;
        this.forgotten = new ForgottenJobs(ForgottenJobs.Cluster.of(jobs));
    }

    /**
     * Starts the cluster; returns when every TaskManager has joined.
     *
     * @param directory where it keeps checkpoints and temporary files
     * @param logs folder of the processes' logs
     * @param port of its REST interface and web page, 0 for any free port
     * @param rpcPorts of its processes among themselves; their number is that of the TaskManagers
     */
    public static ClusterFlink start(Path directory, Path logs, int port, RpcPorts rpcPorts) {
        Path checkpoints = LocalFlink.checkpointsIn(directory);
        StandaloneCluster cluster = StandaloneCluster.start(new ClusterSettings(
                directory,
                logs,
                FlinkClassPath.ofThisBuild(),
                Ports.claim(port, "Flink"),
                rpcPorts,
                SLOTS,
                FlinkJobs.configurationOf(checkpoints).toMap()));
        ClusterFlink flink =
                new ClusterFlink(cluster, FlinkJobs.at(cluster.rest(), checkpoints, List.of(JobSubmission.jobsJar())));
        flink.supervise(true);
        return flink;
    }

    @Override
    public URI rest() {
        return cluster.rest();
    }

    @Override
    public FlinkJobs jobs() {
        return jobs;
    }

    /** Its processes. */
    public StandaloneCluster cluster() {
        return cluster;
    }

    /** Whether processes are started and jobs submitted again; they are unless this says otherwise. */
    public synchronized void supervise(boolean on) {
        cluster.supervise(on);
        if (looking != null) {
            looking.cancel(false);
            looking = null;
        }
        if (on) {
            looking = supervisor.scheduleWithFixedDelay(
                    forgotten::submitAgain, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Looks now whether the JobManager has forgotten a job, and submits it again if so. For tests of crashes. */
    public void submitForgotten() {
        forgotten.submitAgain();
    }

    @Override
    public void close() {
        supervisor.shutdownNow();
        jobs.close();
        cluster.close();
    }
}
