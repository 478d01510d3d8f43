package io.ag06.local;

import io.ag06.pipeline.job.Job;
import io.ag06.pipeline.job.Jobs;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The end of a job in order, at the local stack or at any other cluster. */
public final class JobStop {
    private JobStop() {}

    /**
     * Stops a job; the savepoint it leaves is where its next submission goes on.
     *
     * @param flink another cluster's REST address, or null for that of the stack in the data folder
     * @param savepoints folder for the savepoint, or null for one in the data folder
     * @return the savepoint's folder
     */
    public static Path stop(Path dataDirectory, String jobName, URI flink, Path savepoints) {
        Job job = Jobs.named(jobName);
        Path directory = LocalStack.flinkIn(dataDirectory);
        Path folder = savepoints == null ? directory.resolve("savepoints").resolve(jobName) : savepoints;
        URI rest = flink == null ? URI.create(Connections.running(dataDirectory).flinkRest()) : flink;
        try (FlinkJobs cluster = FlinkJobs.at(rest, LocalFlink.checkpointsIn(directory), List.of())) {
            return cluster.stop(job, folder.toAbsolutePath().normalize());
        }
    }
}
