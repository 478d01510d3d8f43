package io.ag06.local.chaos;

import io.ag06.local.LocalFlink;
import io.ag06.local.LocalStack;
import io.ag06.local.SqlClient;
import io.ag06.local.StackException;
import io.ag06.local.reconcile.Reconciliation;
import io.ag06.local.reconcile.ReconciliationProgress;
import io.ag06.local.reconcile.ReconciliationReport;
import io.ag06.local.reconcile.ReconciliationSettings;
import io.ag06.pipeline.job.GoldenSignalsJob;
import io.ag06.sql.migrate.Migrator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a pipeline to which nothing happens any more has in its tables.
 *
 * @param directory for the undisturbed run
 */
record PipelineEvidence(Pipeline pipeline, Path directory) implements Evidence {
    private static final String UNDISTURBED = "undisturbed";
    private static final Duration LONGEST_RUN = Duration.ofMinutes(5);

    @Override
    public Numbered numbered(long events) {
        SqlClient sql = pipeline.sql();
        String numbered = " FROM service_requests WHERE " + NumberedRequests.conditionInSql();
        return new Numbered(
                sql.number("SELECT count()" + numbered),
                sql.number("SELECT uniqExact(%s)%s AND %s < %d"
                        .formatted(NumberedRequests.numberInSql(), numbered, NumberedRequests.numberInSql(), events)));
    }

    @Override
    public ReconciliationReport reconciliation() throws InterruptedException {
        return Reconciliation.run(
                ReconciliationSettings.of(pipeline.kafkaAddress(), pipeline.clickHouseAddress()),
                ReconciliationProgress.SILENT);
    }

    @Override
    public long differingRows(long events) throws InterruptedException {
        runUndisturbed(events);
        // Rows as text, which tells every double to its last bit.
        String rows = "SELECT toString(tuple(*)) FROM %s.golden_signals";
        String disturbed = rows.formatted("ag06");
        String undisturbed = rows.formatted(UNDISTURBED);
        return pipeline.sql()
                .number("SELECT (SELECT count() FROM (%1$s EXCEPT %2$s)) + (SELECT count() FROM (%2$s EXCEPT %1$s))"
                        .formatted(disturbed, undisturbed));
    }

    /** The job once more, from the first record, into tables of its own, with nothing in its way. */
    private void runUndisturbed(long events) throws InterruptedException {
        var clickHouse = pipeline.clickHouseAddress();
        Migrator.migrate(clickHouse.url(), clickHouse.user(), clickHouse.password(), UNDISTURBED);
        List<String> settings = new ArrayList<>(LocalStack.jobSettings(pipeline.kafkaAddress(), clickHouse, directory));
        settings.removeIf(setting -> setting.startsWith("clickhouse.database="));
        settings.add("clickhouse.database=" + UNDISTURBED);
        settings.add("kafka.group-id=" + UNDISTURBED);
        try (LocalFlink flink = LocalFlink.start(directory, 0, 2)) {
            flink.jobs().submit(new GoldenSignalsJob(), settings, 1);
            long end = System.nanoTime() + LONGEST_RUN.toNanos();
            String query = "SELECT sum(events) FROM %s.golden_signals_partials".formatted(UNDISTURBED);
            while (pipeline.sql().number(query) < events) {
                if (System.nanoTime() > end) {
                    throw new StackException("The undisturbed run has not come to its end after %d s"
                            .formatted(LONGEST_RUN.toSeconds()));
                }
                TimeUnit.MILLISECONDS.sleep(500);
            }
        }
    }

    @Override
    public long deadLetters() {
        return pipeline.sql().number("SELECT count() FROM dead_letters");
    }
}
