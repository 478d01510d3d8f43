package io.ag06.local.cli;

import io.ag06.local.Connections;
import io.ag06.local.SqlClient;
import java.io.InputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks ClickHouse in SQL. */
@Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        description = "Asks ClickHouse in SQL and prints the answer.",
        footer = {
            "",
            "Examples:",
            "  ag06 sql \"SELECT * FROM v_service_health_now\"",
            "  ag06 sql --format CSVWithNames \\",
            "    \"SELECT * FROM golden_signals_1m WHERE window_start >= now() - 3600\""
        })
final class SqlCommand extends OnData implements Callable<Integer> {
    @Option(
            names = "--format",
            paramLabel = "F",
            defaultValue = "PrettyCompactMonoBlock",
            description = "One of ClickHouse's output formats (default: ${DEFAULT-VALUE}).")
    private String format;

    @Parameters(paramLabel = "QUERY", description = "The question.")
    private String query;

    @Override
    public Integer call() throws Exception {
        try (InputStream answer = new SqlClient(Connections.clickHouse(data.directory())).query(query, format)) {
            answer.transferTo(System.out);
            System.out.flush();
        }
        return 0;
    }
}
