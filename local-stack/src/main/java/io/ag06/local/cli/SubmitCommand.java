package io.ag06.local.cli;

import io.ag06.local.JobSubmission;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Submits a job to a Flink cluster. */
@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        description = {
            "Submits a job to the stack's Flink, or to another cluster, from its newest checkpoint.",
            "Jobs: event-archive, golden-signals."
        })
final class SubmitCommand extends OnData implements Callable<Integer> {
    @Parameters(paramLabel = "JOB", description = "The job's name.")
    private String job;

    @Option(
            names = "--flink",
            paramLabel = "URL",
            description = "REST address of another cluster (default: the stack's own).")
    private URI flink;

    @Option(
            names = "--replace-from",
            description =
                    "Delete the rows that the tables hold at or after the start position, where the job starts from an older one.")
    private boolean replaceFrom;

    @Option(
            names = "-D",
            paramLabel = "key=value",
            description = "A setting of the job; parallelism=N sets its parallel tasks.")
    private Map<String, String> settings = Map.of();

    @Override
    public Integer call() {
        List<String> given = new ArrayList<>();
        settings.forEach((key, value) -> given.add(key + "=" + value));
        if (replaceFrom) {
            given.add("replace-from=true");
        }
        System.out.println("Submitted " + job + " as " + JobSubmission.submit(data.directory(), job, flink, given));
        return 0;
    }
}
