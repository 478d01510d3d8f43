package io.ag06.local;

import io.ag06.pipeline.job.Job;
import io.ag06.pipeline.job.Jobs;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;

/** A job for a cluster that runs already: the one of the local stack, or any other. */
public final class JobSubmission {
    private static final String PARALLELISM = "parallelism";

    /** Where the launcher says that the jobs' jar lies. */
    private static final String JAR_PROPERTY = "ag06.jobs.jar";

    private JobSubmission() {}

    /**
     * Submits a job. What is not set is taken from the stack that runs in the data folder, if there is one.
     *
     * @param flink another cluster's REST address, or null for the stack's own
     * @param given settings, each {@code key=value}
     * @param start where it starts
     */
    public static JobID submit(Path dataDirectory, String jobName, URI flink, List<String> given, Start start) {
        Job job = Jobs.named(jobName);
        Map<String, String> settings = new TreeMap<>();
        new StackProcess(dataDirectory)
                .running()
                .ifPresent(stack -> put(
                        settings,
                        LocalStack.jobSettings(stack.kafka(), Connections.clickHouse(dataDirectory), dataDirectory)));
        put(settings, given);
        int parallelism = Parallelism.parse(settings.remove(PARALLELISM));
        URI rest = flink == null ? URI.create(Connections.running(dataDirectory).flinkRest()) : flink;
        try (FlinkJobs cluster =
                FlinkJobs.at(rest, LocalFlink.checkpointsIn(LocalStack.flinkIn(dataDirectory)), List.of(jobsJar()))) {
            List<String> arguments = new ArrayList<>();
            settings.forEach((key, value) -> arguments.add(key + "=" + value));
            return cluster.submit(job, arguments, parallelism, start);
        }
    }

    private static void put(Map<String, String> settings, List<String> pairs) {
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            settings.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
    }

    /** The jobs' code for a cluster that does not have it, as the launcher names it. */
    public static Path jobsJar() {
        String jar = System.getProperty(JAR_PROPERTY);
        if (jar == null) {
            throw new StackException(
                    "The jobs' jar is not known; start this command with the ag06 launcher, which builds it");
        }
        return Path.of(jar);
    }
}
