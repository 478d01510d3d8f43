package io.ag06.local.cli;

import io.ag06.local.Connections;
import io.ag06.local.Json;
import io.ag06.local.StackException;
import io.ag06.local.reconcile.Reconciliation;
import io.ag06.local.reconcile.ReconciliationReport;
import io.ag06.local.reconcile.ReconciliationSettings;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Holds Kafka against ClickHouse. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Holds every committed record in Kafka against the rows in ClickHouse, and says in one line whether",
            "anything is missing or doubled, and where. Exit status 1 where something is.",
            "What the archive has not come to yet is not judged."
        },
        footer = {
            "",
            "On servers of your own, name Kafka with --kafka and ClickHouse with AG06_CLICKHOUSE_URL, _USER and"
                    + " _PASSWORD_FILE."
        })
final class VerifyCommand extends OnData implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "Where Kafka listens (default: the stack's own).")
    private String kafka;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description =
                    "How long rows that look missing may be on their way, without any of them arriving (default: ${DEFAULT-VALUE}).")
    private int wait;

    @Option(names = "--json", description = "Print one JSON object, and nothing else, on standard output.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        if (wait < 0) {
            throw new ParameterException(spec.commandLine(), "--wait=%d: must be 0 or more".formatted(wait));
        }
        ReconciliationSettings settings = ReconciliationSettings.of(
                        kafka == null ? Connections.running(data.directory()).kafka() : kafka,
                        Connections.clickHouse(data.directory()))
                .waiting(Duration.ofSeconds(wait));
        ReconciliationReport report;
        try (VerifyProgress progress = new VerifyProgress()) {
            report = Reconciliation.run(settings, progress);
        }
        System.out.print(json ? Json.pretty(report) : VerifyText.of(report));
        if (!report.clean()) {
            throw new StackException(whatToDo(report));
        }
        return 0;
    }

    private static String whatToDo(ReconciliationReport report) {
        if (!report.rejectedBlocks().isEmpty()) {
            return "Rows are missing that ClickHouse refused; mend what it says, then: ag06 dead-letters replay "
                    + String.join(" ", report.rejectedBlocks());
        }
        return "Not everything is stored once; docs/operations.md says under 'ag06 verify' what to do";
    }
}
