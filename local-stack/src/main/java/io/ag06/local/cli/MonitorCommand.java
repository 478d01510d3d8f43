package io.ag06.local.cli;

import io.ag06.local.Connections;
import io.ag06.local.SqlClient;
import io.ag06.local.health.Door;
import io.ag06.local.health.Monitor;
import io.ag06.local.health.MonitorSettings;
import io.ag06.pipeline.job.Jobs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Watches a pipeline on servers of one's own. */
@Command(
        name = "monitor",
        mixinStandardHelpOptions = true,
        description = {
            "Watches the pipeline on servers of your own until it is interrupted: a record of each job each minute",
            "(table pipeline_health), /healthz for a program, /metrics for Prometheus. 'ag06 up' has one built in.",
            "ClickHouse is named by AG06_CLICKHOUSE_URL and its companions."
        })
final class MonitorCommand extends OnData implements Callable<Integer> {
    @Option(names = "--kafka", paramLabel = "HOST:PORT", required = true, description = "Kafka.")
    private String kafka;

    @Option(names = "--flink", paramLabel = "URL", required = true, description = "REST address of the Flink cluster.")
    private URI flink;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "9464",
            description = "Port of health and metrics (default: ${DEFAULT-VALUE}; 0: any free one).")
    private int port;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Interface to listen on (default: ${DEFAULT-VALUE}); another asks for a token.")
    private String listen;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the token that whoever asks must show (Authorization: Bearer TOKEN).")
    private Path tokenFile;

    @Override
    public Integer call() throws Exception {
        return Interrupts.duringWork(this::watch);
    }

    private Integer watch() throws IOException, InterruptedException {
        SqlClient sql = new SqlClient(Connections.clickHouse(data.directory()));
        MonitorSettings settings = MonitorSettings.eachMinute(
                flink,
                kafka,
                sql::rows,
                Jobs.all(),
                data.directory().resolve("spool").resolve("monitor"),
                new Door(listen, port, token()));
        try (Monitor monitor = Monitor.start(settings, InstantSource.system())) {
            System.err.println("Watching; health is told at " + monitor.url().resolve("/healthz"));
            new CountDownLatch(1).await(); // Until interrupted.
        }
        return 0;
    }

    private Optional<Door.Token> token() throws IOException {
        return tokenFile == null ? Optional.empty() : Optional.of(Door.Token.in(tokenFile));
    }
}
