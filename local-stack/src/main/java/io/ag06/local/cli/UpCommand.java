package io.ag06.local.cli;

import io.ag06.local.ClickHouseAddress;
import io.ag06.local.Endpoints;
import io.ag06.local.LocalStack;
import io.ag06.local.StackProcess;
import io.ag06.local.StackSettings;
import io.ag06.pipeline.job.Jobs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the stack in the background. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Starts Kafka, Flink and ClickHouse in the background, with every job from its newest checkpoint.",
            "Returns when they can be used; 'ag06 down' stops them."
        })
final class UpCommand extends OnData implements Callable<Integer> {
    @Option(
            names = "--kafka-port",
            paramLabel = "N",
            defaultValue = "9092",
            description = "Kafka's port (default: ${DEFAULT-VALUE}; 0: any free one).")
    private int kafkaPort;

    @Option(
            names = "--flink-port",
            paramLabel = "N",
            defaultValue = "8081",
            description = "Port of Flink's REST interface and page (default: ${DEFAULT-VALUE}).")
    private int flinkPort;

    @Option(
            names = "--clickhouse-port",
            paramLabel = "N",
            defaultValue = "8123",
            description = "ClickHouse's HTTP port (default: ${DEFAULT-VALUE}).")
    private int clickHousePort;

    @Option(
            names = "--monitor-port",
            paramLabel = "N",
            defaultValue = "9464",
            description = "Port of the pipeline's health and metrics (default: ${DEFAULT-VALUE}).")
    private int monitorPort;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = "1",
            description = "Parallel tasks of each job (default: ${DEFAULT-VALUE}).")
    private int parallelism;

    @Option(
            names = "--task-managers",
            paramLabel = "N",
            defaultValue = "0",
            description = {
                "Run Flink as a cluster of processes of its own with N TaskManagers",
                "(default: inside the stack's process)."
            })
    private int taskManagers;

    @Option(names = "--no-jobs", description = "Submit no jobs.")
    private boolean noJobs;

    @Option(names = "--foreground", description = "Stay in the foreground until interrupted.")
    private boolean foreground;

    @Override
    public Integer call() throws Exception {
        if (foreground) {
            return Interrupts.duringWork(this::stayUp);
        }
        StackProcess process = new StackProcess(data.directory());
        Optional<Endpoints> running = process.running();
        if (running.isPresent()) {
            System.err.println("A stack runs in " + data.directory() + " already.");
        }
        Endpoints endpoints = running.orElseGet(() -> process.start(Ag06.class, arguments(), System.err::println));
        System.out.print(EndpointsText.of(endpoints));
        return 0;
    }

    private Integer stayUp() throws InterruptedException {
        StackSettings settings = new StackSettings(
                data.directory(),
                kafkaPort,
                flinkPort,
                clickHousePort,
                monitorPort,
                ClickHouseAddress.fromEnvironment(System.getenv()),
                parallelism,
                Optional.empty());
        if (taskManagers > 0) {
            settings = settings.withTaskManagers(taskManagers);
        }
        try (LocalStack stack = LocalStack.start(
                settings, noJobs ? List.of() : Jobs.all(), part -> System.err.println("Starting " + part))) {
            System.err.println("Up, with Kafka on " + stack.endpoints().kafka());
            new CountDownLatch(1).await(); // Until interrupted.
        }
        return 0;
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "up",
                "--foreground",
                "--data=" + data.directory(),
                "--kafka-port=" + kafkaPort,
                "--flink-port=" + flinkPort,
                "--clickhouse-port=" + clickHousePort,
                "--monitor-port=" + monitorPort,
                "--parallelism=" + parallelism,
                "--task-managers=" + taskManagers));
        if (noJobs) {
            arguments.add("--no-jobs");
        }
        return arguments;
    }
}
