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
 * What the data says when all is over.
 *
 * @param lost numbered requests without a row
 * @param duplicated rows too many
 * @param differingRows rows of the golden signals that an undisturbed run has otherwise
 * @param deadLetters rows in {@code dead_letters}
 * @param reconciliation what {@code verify} says
 */
record Verdict(long lost, long duplicated, long differingRows, long deadLetters, ReconciliationReport reconciliation) {
    private static final String UNDISTURBED = "undisturbed";
    private static final Duration LONGEST_RUN = Duration.ofMinutes(5);

    /**
     * Judges a pipeline to which nothing happens any more.
     *
     * @param events how many numbered requests are in Kafka, each in both tables
     * @param directory for the undisturbed run
     */
    static Verdict of(Pipeline pipeline, long events, Path directory, ChaosProgress progress)
            throws InterruptedException {
        progress.judging("each event by its number");
        SqlClient sql = pipeline.sql();
        String numbered = " FROM service_requests WHERE " + NumberedRequests.conditionInSql();
        long rows = sql.number("SELECT count()" + numbered);
        long different = sql.number("SELECT uniqExact(%s)%s AND %s < %d"
                .formatted(NumberedRequests.numberInSql(), numbered, NumberedRequests.numberInSql(), events));
        progress.judging("every offset of Kafka");
        ReconciliationReport reconciliation = Reconciliation.run(
                ReconciliationSettings.of(pipeline.kafkaAddress(), pipeline.clickHouseAddress()),
                ReconciliationProgress.SILENT);
        progress.judging("an undisturbed run over the same events");
        runUndisturbed(pipeline, events, directory);
        return new Verdict(
                events - different,
                rows - different,
                differing(sql),
                sql.number("SELECT count() FROM dead_letters"),
                reconciliation);
    }

    /** The job once more, from the first record, into tables of its own, with nothing in its way. */
    private static void runUndisturbed(Pipeline pipeline, long events, Path directory) throws InterruptedException {
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
                    throw new StackException("The undisturbed run has not come to its end after " + LONGEST_RUN);
                }
                TimeUnit.MILLISECONDS.sleep(500);
            }
        }
    }

    /** Rows as text, which tells every double to its last bit. */
    private static long differing(SqlClient sql) {
        String rows = "SELECT toString(tuple(*)) FROM %s.golden_signals";
        String disturbed = rows.formatted("ag06");
        String undisturbed = rows.formatted(UNDISTURBED);
        return sql.number("SELECT (SELECT count() FROM (%1$s EXCEPT %2$s)) + (SELECT count() FROM (%2$s EXCEPT %1$s))"
                .formatted(disturbed, undisturbed));
    }
}
