package io.ag06.local;

import io.ag06.pipeline.job.Job;
import io.ag06.pipeline.job.Jobs;
import io.ag06.schemas.Topics;
import io.ag06.sql.Tables;
import io.ag06.sql.migrate.Migrator;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * This version's tables, topics and jobs on servers that run already. What is in place stays, so it may be deployed
 * again at any time.
 *
 * @param clickHouse the server that gets the tables
 * @param kafka {@code host:port[,host:port]} as the Flink cluster reaches it
 * @param flink REST address of the Flink cluster
 * @param dataDirectory folder in which {@code flink} is reached by every machine of the cluster under this path: the
 *     checkpoints lie there
 * @param parallelism of each job
 * @param jobsJar the jobs' code, which travels with each submission
 */
public record Deployment(
        ClickHouseAddress clickHouse, String kafka, URI flink, Path dataDirectory, int parallelism, Path jobsJar) {

    /**
     * Brings everything into place: tables first, since the jobs look for them.
     *
     * @param progress is told what has been done, in a few words for a person
     */
    public void bringIntoPlace(Consumer<String> progress) {
        progress.accept(Migrator.migrate(clickHouse.url(), clickHouse.user(), clickHouse.password(), Tables.DATABASE)
                .toString());
        KafkaTopics.create(kafka, Topics.all());
        progress.accept("Topics: " + Topics.all());
        Path checkpoints = LocalFlink.checkpointsIn(LocalStack.flinkIn(dataDirectory));
        try (FlinkJobs jobs = FlinkJobs.at(flink, checkpoints, List.of(jobsJar))) {
            for (Job job : Jobs.all()) {
                progress.accept(jobs.running(job)
                        .map(id -> "%s runs already (%s)".formatted(job.jobName(), id))
                        .orElseGet(() -> "%s submitted (%s)".formatted(job.jobName(), submit(jobs, job))));
            }
        }
    }

    private String submit(FlinkJobs jobs, Job job) {
        return jobs.submit(job, LocalStack.jobSettings(kafka, clickHouse, dataDirectory), parallelism)
                .toString();
    }
}
