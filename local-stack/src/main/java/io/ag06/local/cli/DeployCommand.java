package io.ag06.local.cli;

import io.ag06.local.Connections;
import io.ag06.local.Deployment;
import io.ag06.local.JobSubmission;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Brings tables, topics and jobs to servers that run already. */
@Command(
        name = "deploy",
        mixinStandardHelpOptions = true,
        description = {
            "Brings this version's tables, topics and jobs to a ClickHouse, a Kafka and a Flink cluster that run already.",
            "What is in place stays. ClickHouse is named by AG06_CLICKHOUSE_URL and its companions;",
            "the folder DIR/flink must be reached by every machine of the cluster."
        })
final class DeployCommand extends OnData implements Callable<Integer> {
    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            required = true,
            description = "Kafka, as the Flink cluster reaches it.")
    private String kafka;

    @Option(names = "--flink", paramLabel = "URL", required = true, description = "REST address of the Flink cluster.")
    private URI flink;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = "1",
            description = "Parallel tasks of each job (default: ${DEFAULT-VALUE}).")
    private int parallelism;

    @Override
    public Integer call() {
        new Deployment(
                        Connections.clickHouse(data.directory()),
                        kafka,
                        flink,
                        data.directory(),
                        parallelism,
                        JobSubmission.jobsJar())
                .bringIntoPlace(System.out::println);
        return 0;
    }
}
