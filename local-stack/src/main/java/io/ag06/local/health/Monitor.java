package io.ag06.local.health;

import io.ag06.agent.publish.KafkaCluster;
import io.ag06.agent.publish.Publisher;
import io.ag06.agent.publish.PublisherSettings;
import io.ag06.agent.spool.Spool;
import io.ag06.agent.spool.SpoolSettings;
import io.ag06.pipeline.job.Job;
import io.ag06.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the pipeline: reads every part and job each few seconds, closes a minute of each job when it has ended, and
 * answers who asks. It lives through every part's absence, in which it has nothing to say and says so; the minutes go
 * to Kafka by a spool and in transactions, so that each is stored once, also those in which ClickHouse or Kafka was
 * away.
 */
public final class Monitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Monitor.class);

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    /** How many readings may be missed before nothing is known any more. */
    private static final int FRESH_READINGS = 3;

    private final MonitorSettings settings;
    private final InstantSource clock;
    private final FlinkProbe flink;
    private final KafkaProbe kafka;
    private final Spool spool;
    private final Publisher publisher;
    private final Minutes minutes;
    private final Map<String, JobLedger> ledgers = new HashMap<>();
    private final Map<String, PartHealth> health = new HashMap<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "monitor");
    private Map<String, Map<String, Long>> lags = Map.of();
    private Instant lagsAt = Instant.MIN;
    private Instant openMinute;
    private volatile Health latest;
    private MonitorServer server;

    private Monitor(MonitorSettings settings, InstantSource clock, Spool spool) throws IOException {
        this.settings = settings;
        this.clock = clock;
        this.flink = new FlinkProbe(new JsonClient(settings.flink(), PATIENCE));
        this.kafka = new KafkaProbe(settings.kafka(), PATIENCE);
        this.spool = spool;
        PublisherSettings publishing = PublisherSettings.DEFAULT;
        this.publisher = new Publisher(
                settings.name(),
                spool,
                new KafkaCluster(
                        settings.kafka(),
                        settings.name(),
                        spool.id(),
                        Topics.PIPELINE_HEALTH,
                        publishing.transactionTimeout()),
                publishing,
                clock);
        this.minutes = new Minutes(new StoredRows(settings.jobs(), settings.sql()), spool);
        Duration fresh = settings.readEvery().multipliedBy(FRESH_READINGS);
        settings.jobs().forEach(job -> ledgers.put(job.jobName(), new JobLedger(fresh)));
    }

    /**
     * Starts to watch; returns after the first reading, when it can be asked.
     *
     * @param clock the wall clock
     * @throws IOException where the spool can't be opened, or the port is taken
     */
    public static Monitor start(MonitorSettings settings, InstantSource clock)
            throws IOException, InterruptedException {
        Monitor monitor = new Monitor(settings, clock, Spool.open(settings.spool(), SpoolSettings.DEFAULT));
        try {
            Instant now = clock.instant();
            monitor.openMinute = monitor.minuteOf(now);
            monitor.read(now);
            monitor.server = MonitorServer.open(settings.door(), monitor::latest, clock);
            monitor.publisher.start();
            monitor.thread.start();
            LOG.info("Health is told at {}", monitor.url());
            return monitor;
        } catch (IOException | InterruptedException | RuntimeException e) {
            monitor.close();
            throw e;
        }
    }

    /** Where it answers: {@code /healthz}, {@code /metrics} and {@code /status} lie below. */
    public URI url() {
        return server.url();
    }

    /** The newest reading. */
    Health latest() {
        return latest;
    }

    private void run() {
        try {
            while (!stop.await(untilNext(clock.instant()).toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    Instant now = clock.instant();
                    closeMinuteBefore(now);
                    read(now);
                } catch (RuntimeException e) {
                    LOG.error("A reading failed for a reason of the monitor's own; the next is made all the same", e);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("The monitor stops");
        }
    }

    /** To the next reading; one is made when a minute ends. */
    private Duration untilNext(Instant now) {
        Duration rest = Duration.between(now, openMinute.plus(settings.minute()));
        Duration next = rest.compareTo(settings.readEvery()) < 0 ? rest : settings.readEvery();
        return next.isNegative() ? Duration.ZERO : next;
    }

    /** Where the open minute has ended, by the readings so far. Minutes that nobody watched are left out. */
    private void closeMinuteBefore(Instant now) throws InterruptedException {
        Instant minute = minuteOf(now);
        if (!minute.isAfter(openMinute)) {
            return;
        }
        Instant end = openMinute.plus(settings.minute());
        List<ClosedJob> closed = new ArrayList<>();
        for (Job job : settings.jobs()) {
            JobLedger ledger = ledgers.get(job.jobName());
            closed.add(new ClosedJob(
                    job,
                    ledger.newestAt(end).map(JobReading::state),
                    ledger.work(end),
                    ledger.checkpoint(end),
                    ledger.sink(end),
                    lagsOf(job, end)));
            ledger.beginMinute(minute);
        }
        minutes.finish(openMinute, end, closed, lookBack(openMinute), !isReplaced());
        openMinute = minute;
    }

    private Map<String, Long> lagsOf(Job job, Instant moment) {
        return lagsAt.isBefore(moment.minus(settings.readEvery().multipliedBy(FRESH_READINGS)))
                ? Map.of()
                : lags.getOrDefault(job.jobName(), Map.of());
    }

    private Optional<Map<String, Map<Integer, Long>>> lookBack(Instant minuteStart) throws InterruptedException {
        try {
            return Optional.of(kafka.offsetsAt(Topics.all(), minuteStart.minus(MinuteQuestions.LOOK_BACK)));
        } catch (IOException e) {
            LOG.debug("Kafka does not say where the look back begins; repeats of this minute are not known", e);
            return Optional.empty();
        }
    }

    private void read(Instant now) throws InterruptedException {
        note(
                "flink",
                now,
                tried(() -> flink.read(
                                settings.jobs().stream().map(Job::jobName).toList())
                        .forEach(reading -> ledgers.get(reading.job()).add(now, reading))));
        note("kafka", now, tried(() -> {
            lags = kafka.lags(settings.jobs());
            lagsAt = now;
        }));
        note("clickhouse", now, tried(() -> settings.sql().rows("SELECT 1", PATIENCE)));
        note(
                "monitor",
                now,
                isReplaced()
                        ? Optional.of("publishes its minutes no longer, another monitor does;"
                                + " stop that one and start this one again, or leave it")
                        : Optional.empty());
        Minutes.Finished last = minutes.last();
        latest = new Health(
                now,
                List.of(health.get("kafka"), health.get("flink"), health.get("clickhouse"), health.get("monitor")),
                settings.jobs().stream().map(job -> read(job, now, last)).toList(),
                last.start(),
                last.stored().spool(),
                last.stored().spools(),
                last.storedInAll(),
                last.repeatsInAll(),
                spool.level().records());
    }

    /** Whether another monitor of this name has taken over. */
    private boolean isReplaced() {
        return publisher.ended().isCompletedExceptionally();
    }

    private JobHealth read(Job job, Instant now, Minutes.Finished last) {
        JobLedger ledger = ledgers.get(job.jobName());
        Optional<JobReading> reading =
                ledger.newestAt(now).filter(any -> health.get("flink").isWell());
        Optional<Duration> waiting = reading.filter(JobReading::isRunning).flatMap(JobReading::waiting);
        note(job.jobName(), now.minus(waiting.orElse(Duration.ZERO)), wrongWith(reading, waiting));
        Map<JobCounter, Long> totals = new EnumMap<>(JobCounter.class);
        for (JobCounter counter : JobCounter.values()) {
            ledger.total(counter).ifPresent(total -> totals.put(counter, total));
        }
        Optional<JobReading.CompletedCheckpoint> checkpoint = reading.flatMap(JobReading::checkpoint);
        return new JobHealth(
                health.get(job.jobName()),
                reading.map(JobReading::state),
                reading.map(running -> running.isRunning() && running.allTasksRun())
                        .orElse(false),
                ledger.perSecond(JobCounter.RECORDS_IN, now),
                ledger.perSecond(JobCounter.RECORDS_OUT, now),
                lagsOf(job, now),
                checkpoint.map(completed -> JobLedger.age(completed.at(), now)),
                checkpoint.map(JobReading.CompletedCheckpoint::took),
                checkpoint.map(completed -> OptionalLong.of(completed.bytes())).orElse(OptionalLong.empty()),
                waiting,
                totals,
                Optional.ofNullable(last.jobs().get(job.jobName())));
    }

    private static Optional<String> wrongWith(Optional<JobReading> reading, Optional<Duration> waiting) {
        if (reading.isEmpty()) {
            return Optional.of("not known, since Flink does not answer");
        }
        JobReading job = reading.get();
        if (job.state().equals(JobReading.ABSENT)) {
            return Optional.of("not submitted");
        }
        if (!job.isRunning()) {
            return Optional.of("Flink says " + job.state().toLowerCase(Locale.ROOT));
        }
        if (waiting.isPresent() && !waiting.get().isZero()) {
            return Optional.of("its sink waits for ClickHouse");
        }
        return job.allTasksRun() ? Optional.empty() : Optional.of("its tasks are starting");
    }

    private void note(String name, Instant at, Optional<String> wrong) {
        PartHealth before = health.get(name);
        PartHealth now = before == null ? new PartHealth(name, wrong, at) : before.next(at, wrong);
        health.put(name, now);
        if (before == null ? !now.isWell() : before.isWell() != now.isWell()) {
            LOG.info("{}: {}", name, wrong.orElse("well again"));
        }
    }

    /** What went wrong with a question, in one line; empty where it was answered. */
    private static Optional<String> tried(Question question) throws InterruptedException {
        try {
            question.ask();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
    }

    private Instant minuteOf(Instant moment) {
        long millis = settings.minute().toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(moment.toEpochMilli(), millis) * millis);
    }

    /** Stops to watch; the minutes that are finished are published first, where Kafka takes them at once. */
    @Override
    public void close() {
        stop.countDown();
        try {
            if (server != null) {
                server.close();
            }
            thread.interrupt();
            thread.join();
            minutes.close();
            publisher.stop(LAST_WORDS);
            kafka.close();
            spool.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("The monitor's spool was not closed in order", e);
        }
    }

    private interface Question {
        void ask() throws IOException, InterruptedException;
    }
}
