package io.ag06.bench.drain;

import io.ag06.local.FlinkJobs;
import io.ag06.local.StackException;
import io.ag06.pipeline.job.Job;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobID;

/**
 * A job as production runs it: the same graph, the same checkpoints, from the first record of the topic until the last
 * one's row can be read.
 */
final class JobDrain implements Contender {
    private static final Duration LOOK_FOR_THE_FIRST = Duration.ofMillis(1);
    private static final Duration LOOK_FOR_THE_LAST = Duration.ofMillis(5);
    private static final Duration LOOK_FOR_ROWS = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final Job job;
    private final LoadedTopic topic;
    private final Parts parts;
    private final StoredRows stored;
    private final List<String> given;
    private final boolean byTheClock;
    private int rounds;

    /**
     * A drain by one job.
     *
     * @param given settings of the job, each {@code key=value}
     * @param byTheClock whether the last checkpoint comes when it comes; otherwise it is asked for when all is read, as
     *     whoever stops a job with {@code --drain} does, since half an interval of waiting says nothing about speed
     */
    JobDrain(Job job, LoadedTopic topic, Parts parts, StoredRows stored, List<String> given, boolean byTheClock) {
        this.job = job;
        this.topic = topic;
        this.parts = parts;
        this.stored = stored;
        this.given = given;
        this.byTheClock = byTheClock;
    }

    @Override
    public Round run(int parallelism) {
        stored.clear();
        // A folder for each round, or the job would go on from the round before.
        Path folder = parts.folder("rounds").resolve(job.jobName() + "-" + rounds++);
        try (FlinkJobs jobs = FlinkJobs.at(parts.flink().rest(), folder.resolve("checkpoints"), List.of())) {
            JobID id = jobs.submit(job, settings(folder), parallelism);
            try {
                Round round = watch(jobs, id);
                stored.requireAll(topic.totals());
                return round;
            } finally {
                jobs.cancel(id);
            }
        }
    }

    private List<String> settings(Path folder) {
        List<String> settings = new ArrayList<>(parts.address().asJobSettings());
        settings.add("kafka.bootstrap-servers=" + topic.bootstrapServers());
        settings.add("clickhouse.block-directory=" + folder.resolve("blocks").toUri());
        settings.addAll(given);
        return settings;
    }

    private Round watch(FlinkJobs jobs, JobID id) {
        long records = topic.totals().records();
        long deadline = System.nanoTime() + LONGEST.toNanos();
        awaitRead(id, 1, LOOK_FOR_THE_FIRST, deadline);
        Usage.Meter meter = parts.meter();
        long begin = System.nanoTime();
        awaitRead(id, records, LOOK_FOR_THE_LAST, deadline);
        long lastRead = System.nanoTime();
        CompletableFuture<Long> asked = byTheClock ? CompletableFuture.completedFuture(0L) : jobs.checkpoint(id);
        while (stored.records() < records) {
            if (asked.isCompletedExceptionally()) {
                asked.join(); // Says why.
            }
            pause(LOOK_FOR_ROWS, deadline);
        }
        long end = System.nanoTime();
        return new Round(records, (lastRead - begin) / 1e9, (end - begin) / 1e9, meter.read());
    }

    private void awaitRead(JobID id, long records, Duration pause, long deadline) {
        while (RecordsRead.by(id) < records) {
            pause(pause, deadline);
        }
    }

    private void pause(Duration pause, long deadline) {
        if (System.nanoTime() > deadline) {
            throw new StackException("%s has not stored everything within %d min; see the log"
                    .formatted(job.jobName(), LONGEST.toMinutes()));
        }
        LockSupport.parkNanos(pause.toNanos());
        if (Thread.currentThread().isInterrupted()) {
            throw new StackException("Interrupted");
        }
    }
}
