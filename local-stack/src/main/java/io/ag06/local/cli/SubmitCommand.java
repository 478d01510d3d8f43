package io.ag06.local.cli;

import io.ag06.local.JobSubmission;
import io.ag06.local.Start;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Submits a job to a Flink cluster. */
@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        description = {
            "Submits a job to the stack's Flink, or to another cluster; it goes on where it was.",
            "Jobs: event-archive, golden-signals, scaling-forecast."
        })
final class SubmitCommand extends OnData implements Callable<Integer> {
    @Parameters(paramLabel = "JOB", description = "The job's name.")
    private String job;

    @Option(
            names = "--flink",
            paramLabel = "URL",
            description = "REST address of another cluster (default: the stack's own).")
    private URI flink;

    @ArgGroup
    private Place place = new Place();

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
        System.out.println(
                "Submitted " + job + " as " + JobSubmission.submit(data.directory(), job, flink, given, place.start()));
        return 0;
    }

    /** A place to start from that is not where the job was. */
    static final class Place {
        @Option(
                names = "--from",
                paramLabel = "PATH",
                description =
                        "Start from this checkpoint or savepoint (default: where the job's last run has come to).")
        private Path path;

        @Option(names = "--from-beginning", description = "Start from the oldest records that Kafka has.")
        private boolean beginning;

        Start start() {
            if (path != null) {
                return new Start.At(path);
            }
            return beginning ? new Start.Beginning() : new Start.WhereItWas();
        }
    }
}
