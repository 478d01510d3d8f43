package io.ag06.local.health;

import io.ag06.agent.publish.PipelineHealthRecords;
import io.ag06.agent.spool.Spool;
import io.ag06.analytics.health.JobMinute;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes minutes that have been closed, one after the other and on a thread of its own: what ClickHouse is asked may
 * take longer than the time to the next reading. A minute that is finished lies in the spool, on its way to Kafka.
 */
final class Minutes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Minutes.class);
    private static final Duration LAST_MINUTE = Duration.ofSeconds(1);

    private final StoredRows rows;
    private final Spool spool;
    private final PipelineHealthRecords records = new PipelineHealthRecords();
    private final ExecutorService thread;
    private volatile Finished last = new Finished(Optional.empty(), Map.of(), StoredMinute.UNKNOWN, Map.of(), Map.of());

    Minutes(StoredRows rows, Spool spool) {
        this.rows = rows;
        this.spool = spool;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread worker = new Thread(task, "monitor minutes");
            worker.setDaemon(true);
            return worker;
        });
    }

    /**
     * Takes a minute that has ended.
     *
     * @param lookBack as {@link StoredRows#look} takes it
     * @param publish whether it is to be published; not where another monitor publishes the same minutes
     */
    void finish(
            Instant start,
            Instant end,
            List<ClosedJob> jobs,
            Optional<Map<String, Map<Integer, Long>>> lookBack,
            boolean publish) {
        thread.execute(() -> {
            try {
                StoredMinute stored = rows.look(start, end, lookBack);
                Map<String, JobMinute> minutes = new HashMap<>();
                for (ClosedJob job : jobs) {
                    JobMinute minute = job.with(start, stored);
                    minutes.put(minute.job(), minute);
                    if (publish) {
                        spool.put(records.record(minute));
                    }
                }
                last = new Finished(
                        Optional.of(start),
                        minutes,
                        stored,
                        sum(last.storedInAll, stored.stored()),
                        sum(last.repeatsInAll, stored.repeats()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // The monitor stops; nothing is known of this minute.
            } catch (RuntimeException e) {
                LOG.error("The minute from {} could not be finished", start, e);
            }
        });
    }

    /** The last one that was finished. */
    Finished last() {
        return last;
    }

    private static Map<String, Long> sum(Map<String, Long> before, Map<String, Long> more) {
        Map<String, Long> sum = new HashMap<>(before);
        more.forEach((topic, rows) -> sum.merge(topic, rows, Long::sum));
        return sum;
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LAST_MINUTE.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
                thread.awaitTermination(LAST_MINUTE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A finished minute, and what was counted since the monitor started.
     *
     * @param start of the minute; empty before the first
     * @param jobs each job in it
     * @param stored what ClickHouse knew of it
     * @param storedInAll rows that have appeared, by topic
     * @param repeatsInAll repeats among them, by topic
     */
    record Finished(
            Optional<Instant> start,
            Map<String, JobMinute> jobs,
            StoredMinute stored,
            Map<String, Long> storedInAll,
            Map<String, Long> repeatsInAll) {}
}
