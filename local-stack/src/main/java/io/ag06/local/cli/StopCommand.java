package io.ag06.local.cli;

import io.ag06.local.JobStop;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stops a job in order. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = {
            "Stops a job: what it has read is stored, and a savepoint keeps where it stands.",
            "'ag06 submit' goes on from there, with the same parallelism or another."
        })
final class StopCommand extends OnData implements Callable<Integer> {
    @Parameters(paramLabel = "JOB", description = "The job's name.")
    private String job;

    @Option(
            names = "--flink",
            paramLabel = "URL",
            description = "REST address of another cluster (default: the stack's own).")
    private URI flink;

    @Option(
            names = "--savepoint",
            paramLabel = "DIR",
            description = {
                "Folder for the savepoint, which every machine of the cluster reaches",
                "(default: flink/savepoints/JOB in the data folder)."
            })
    private Path savepoints;

    @Override
    public Integer call() {
        Path savepoint = JobStop.stop(data.directory(), job, flink, savepoints);
        System.out.println("Stopped " + job + "; its savepoint is " + savepoint);
        return 0;
    }
}
