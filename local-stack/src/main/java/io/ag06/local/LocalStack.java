package io.ag06.local;

import io.ag06.local.health.Door;
import io.ag06.local.health.Monitor;
import io.ag06.local.health.MonitorSettings;
import io.ag06.pipeline.job.Job;
import io.ag06.pipeline.job.Jobs;
import io.ag06.schemas.Topics;
import io.ag06.sql.Tables;
import io.ag06.sql.migrate.Migrator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka, ClickHouse and Flink on one machine, with topics and tables in place, and a monitor of them: start, submit,
 * ask, stop.
 */
public final class LocalStack implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalStack.class);

    /**
     * More than the jobs need, so that a person may submit one with more parallel tasks; a slot costs next to nothing.
     */
    private static final int SLOTS = 16;

    private final StackSettings settings;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private LocalKafka kafka;
    private SupervisedClickHouse embeddedClickHouse;
    private ClickHouseAddress clickHouse;
    private Flink flink;
    private Monitor monitor;

    private LocalStack(StackSettings settings) {
        this.settings = settings;
    }

    /**
     * Starts everything; returns when it can be used. What was stored in the data folder before is there again.
     *
     * @param jobs to submit, each from its newest checkpoint
     * @param progress is told what begins, in a few words for a person
     */
    public static LocalStack start(StackSettings settings, List<Job> jobs, Consumer<String> progress) {
        LocalStack stack = new LocalStack(settings);
        try {
            stack.startParts(jobs, progress);
            return stack;
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    private void startParts(List<Job> jobs, Consumer<String> progress) {
        Path data = prepared(settings.dataDirectory());
        StackLock lock = StackLock.take(data);
        parts.push(lock);
        // Goes when all else has stopped, while the folder is still ours: what comes next writes its own.
        parts.push(() -> Files.deleteIfExists(Endpoints.fileIn(data)));

        refuseTakenPorts();
        progress.accept("ClickHouse");
        if (settings.externalClickHouse().isPresent()) {
            clickHouse = settings.externalClickHouse().get();
        } else {
            embeddedClickHouse = SupervisedClickHouse.start(data.resolve("clickhouse"), settings.clickHousePort());
            parts.push(embeddedClickHouse);
            clickHouse = embeddedClickHouse.address();
        }
        Migrator.migrate(clickHouse.url(), clickHouse.user(), clickHouse.password(), Tables.DATABASE);

        progress.accept("Kafka");
        kafka = LocalKafka.start(data.resolve("kafka"), settings.kafkaPort());
        parts.push(kafka);
        kafka.createTopics(Topics.all());

        progress.accept("Flink");
        flink = settings.cluster().isPresent()
                ? ClusterFlink.start(
                        flinkIn(data),
                        Logs.fileIn(data).getParent(),
                        settings.flinkPort(),
                        settings.cluster().get())
                : LocalFlink.start(flinkIn(data), settings.flinkPort(), SLOTS);
        parts.push(flink);

        // Before the jobs, so that it sees them begin and counts from their first record.
        progress.accept("the monitor");
        monitor = monitorIn(data);
        parts.push(monitor);

        for (Job job : jobs) {
            progress.accept(job.jobName());
            submit(job);
        }
        endpoints().writeTo(data);
    }

    private Monitor monitorIn(Path data) {
        try {
            return Monitor.start(
                    MonitorSettings.eachMinute(
                            flink.rest(),
                            kafka.bootstrapServers(),
                            sql()::rows,
                            Jobs.all(),
                            data.resolve("spool").resolve("monitor"),
                            Door.onLoopback(settings.monitorPort())),
                    InstantSource.system());
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while starting the monitor", e);
        }
    }

    /** Told before anything is started, since each part takes seconds to start and to stop. */
    private void refuseTakenPorts() {
        Ports.claim(settings.kafkaPort(), "Kafka");
        Ports.claim(settings.flinkPort(), "Flink");
        Ports.claim(settings.monitorPort(), "the monitor");
        if (settings.externalClickHouse().isEmpty()) {
            Ports.claim(settings.clickHousePort(), "ClickHouse");
        }
    }

    /** Submits a job, from its newest checkpoint where it has one. */
    public JobID submit(Job job) {
        return flink.jobs()
                .submit(
                        job,
                        jobSettings(kafka.bootstrapServers(), clickHouse, settings.dataDirectory()),
                        settings.parallelism());
    }

    /** The settings of a job that works on the stack in a data folder. */
    public static List<String> jobSettings(String kafka, ClickHouseAddress clickHouse, Path dataDirectory) {
        List<String> settings = new ArrayList<>(clickHouse.asJobSettings());
        settings.add("kafka.bootstrap-servers=" + kafka);
        settings.add("clickhouse.block-directory="
                + flinkIn(dataDirectory).resolve("blocks").toUri());
        return settings;
    }

    /** Where the parts are reached. */
    public Endpoints endpoints() {
        return new Endpoints(
                kafka.bootstrapServers(),
                flink.rest().toString(),
                clickHouse.url().toString(),
                clickHouse.user(),
                clickHouse.passwordFile().map(Path::toString).orElse(null),
                flink.rest().toString(),
                monitor.url().resolve("/metrics").toString(),
                ProcessHandle.current().pid());
    }

    public LocalKafka kafka() {
        return kafka;
    }

    public Flink flink() {
        return flink;
    }

    /** The engine that this stack started itself, if it did. */
    public Optional<SupervisedClickHouse> embeddedClickHouse() {
        return Optional.ofNullable(embeddedClickHouse);
    }

    public ClickHouseAddress clickHouse() {
        return clickHouse;
    }

    /** For questions in SQL. */
    public SqlClient sql() {
        return new SqlClient(clickHouse);
    }

    /** Stops everything, the last started first; each part gets its chance, whatever the others do. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) { // What AutoCloseable declares.
                LOG.error("{} did not stop in order", part.getClass().getSimpleName(), e);
            }
        }
    }

    /** Where Flink keeps what it keeps, in a data folder. */
    static Path flinkIn(Path dataDirectory) {
        return dataDirectory.resolve("flink");
    }

    private static Path prepared(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("The data folder can't be created: " + directory, e);
        }
    }
}
