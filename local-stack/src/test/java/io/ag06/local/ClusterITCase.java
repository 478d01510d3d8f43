package io.ag06.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ag06.local.cluster.ClusterException;
import io.ag06.local.cluster.FlinkClassPath;
import io.ag06.local.cluster.FlinkProcess;
import io.ag06.pipeline.job.EventArchiveJob;
import io.ag06.pipeline.job.GoldenSignalsJob;
import io.ag06.pipeline.job.Job;
import io.ag06.schemas.ServiceRequest;
import io.ag06.schemas.Topics;
import io.ag06.sql.migrate.Migrator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flink as a cluster of processes that have nothing of ours on their class path: the jobs' jar brings all they need,
 * any process may be killed, jobs are rescaled and go on under Flink's own command, and each record becomes one row.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterITCase {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Job ARCHIVE = new EventArchiveJob();
    private static final Job SIGNALS = new GoldenSignalsJob();
    private static final Pattern SUBMITTED = Pattern.compile("JobID ([0-9a-f]{32})");

    @TempDir
    static Path data;

    private LocalStack stack;
    private ClusterFlink flink;

    @BeforeAll
    void up() {
        Logs.writeTo(data);
        stack = LocalStack.start(
                StackSettings.onFreePorts(data, Optional.empty()).withTaskManagers(2),
                List.of(ARCHIVE),
                part -> System.out.println("Starting " + part));
        flink = (ClusterFlink) stack.flink();
    }

    @AfterAll
    void down() {
        stack.close();
    }

    @Test
    void killedTaskManagersComeBackAndEachRecordIsOneRow() {
        List<FlinkProcess> taskManagers = flink.cluster().taskManagers();
        try (Requests requests = new Requests(stack, "killed-task-managers")) {
            requests.send(500);
            flink.supervise(false);
            taskManagers.get(0).kill();
            assertThat(taskManagers.get(0).isRunning()).isFalse();
            assertThatThrownBy(flink.cluster()::awaitTaskManagers)
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining("taskmanager-1 has ended");
            requests.send(500);
            flink.supervise(true);
            taskManagers.get(1).kill();
            requests.send(500);
            requests.awaitEachOnce();
        }
        flink.cluster().awaitTaskManagers();
        assertThat(data.resolve("logs/flink-taskmanager-1.log")).isNotEmptyFile();
        assertThat(data.resolve("logs/flink-taskmanager-1.out")).isEmptyFile();
    }

    @Test
    void aKilledJobManagerComesBackWithItsJobsAndEachRecordIsOneRow() {
        try (Requests requests = new Requests(stack, "killed-job-manager")) {
            requests.send(500);
            requests.awaitEachOnce();
            JobID before = flink.jobs().running(ARCHIVE).orElseThrow();
            requests.send(500);
            stack.embeddedClickHouse().orElseThrow().kill(); // Some of them are on their way.
            flink.cluster().jobManager().kill();
            requests.send(500);
            await("the job, submitted again")
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> flink.jobs()
                            .running(ARCHIVE)
                            .filter(job -> !job.equals(before))
                            .isPresent());
            requests.send(500);
            requests.awaitEachOnce();
        }
    }

    @Test
    void flinksOwnCommandTakesTheJarAndASavepointAndWeTakeOverFromIt() throws Exception {
        try (Requests requests = new Requests(stack, "flinks-own-command")) {
            requests.send(500);
            Path stopped = JobStop.stop(data, ARCHIVE.jobName(), null, null);
            requests.send(500);

            JobID id = flinkRun(stopped);
            requests.send(500);
            requests.awaitEachOnce();
            assertThat(flink.jobs().running(ARCHIVE)).contains(id);

            JobStop.stop(data, ARCHIVE.jobName(), flink.rest(), null);
            requests.send(500);
            JobSubmission.submit(data, ARCHIVE.jobName(), flink.rest(), List.of(), new Start.WhereItWas());
            requests.awaitEachOnce();
        }
    }

    /**
     * Events come all the time, and ClickHouse is killed before each change.
     *
     * <pre>
     * tasks of each job    1         2         1
     * events           ======== | ======== | ========
     * </pre>
     */
    @Test
    void rescaledJobsComeToTheResultsOfOnesThatWereLeftAlone() {
        stack.submit(SIGNALS);
        try (Requests requests = new Requests(stack, "rescaled")) {
            long seed = 0;
            for (int parallelism : List.of(2, 1)) {
                requests.sendThreeMinutes(seed++);
                requests.awaitSome();
                stack.embeddedClickHouse().orElseThrow().kill();
                for (Job job : List.of(ARCHIVE, SIGNALS)) {
                    requests.sendThreeMinutes(seed++);
                    flink.jobs().stop(job, data.resolve("savepoints"));
                    requests.send(100);
                    flink.jobs().submit(job, settings("ag06"), parallelism);
                }
            }
            requests.sendThreeMinutes(seed);
            requests.awaitEachOnce();

            requests.awaitAll("golden_signals");
            runLeftAlone(requests);
            assertThat(requests.signals("ag06"))
                    .isEqualTo(requests.signals("left_alone"))
                    .hasSizeGreaterThan(50);
            assertThat(requests.rows("ag06")).isEqualTo(requests.rows("left_alone"));
        }
    }

    /** Runs the jobs without a stop over the same topics into tables of their own. */
    private void runLeftAlone(Requests requests) {
        ClickHouseAddress clickHouse = stack.clickHouse();
        Migrator.migrate(clickHouse.url(), clickHouse.user(), clickHouse.password(), "left_alone");
        List<Job> jobs = List.of(ARCHIVE, SIGNALS);
        jobs.forEach(job -> flink.jobs().stop(job, data.resolve("savepoints")));
        try (FlinkJobs apart =
                FlinkJobs.at(flink.rest(), data.resolve("left-alone"), List.of(JobSubmission.jobsJar()))) {
            List<JobID> ids = jobs.stream()
                    .map(job -> apart.submit(job, settings("left_alone"), 1))
                    .toList();
            requests.awaitAll("left_alone.service_requests");
            requests.awaitAll("left_alone.golden_signals");
            ids.forEach(apart::cancel);
        }
        stack.submit(ARCHIVE);
    }

    private List<String> settings(String database) {
        List<String> settings =
                new ArrayList<>(LocalStack.jobSettings(stack.kafka().bootstrapServers(), stack.clickHouse(), data));
        settings.replaceAll(
                setting -> setting.startsWith("clickhouse.database=") ? "clickhouse.database=" + database : setting);
        return settings;
    }

    /** What {@code flink run} does, as Flink's script starts it. */
    private JobID flinkRun(Path savepoint) throws IOException, InterruptedException {
        Path configuration = flink.cluster().configuration();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "-Dlog.file=" + data.resolve("logs/flink-command.log"),
                "-Dlog4j2.configurationFile="
                        + configuration.resolve("log4j2.xml").toUri(),
                "-cp",
                FlinkClassPath.ofThisBuild().jars(),
                "org.apache.flink.client.cli.CliFrontend"));
        command.addAll(List.of("run", "-d", "-p", "2", "-s", savepoint.toUri().toString()));
        command.addAll(List.of(
                "-c", EventArchiveJob.class.getName(), JobSubmission.jobsJar().toString()));
        command.addAll(settings("ag06"));
        Path said = Files.createTempFile(data, "flink-run", ".out");
        ProcessBuilder process =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        process.environment().put("FLINK_CONF_DIR", configuration.toString());
        int status = process.start().waitFor();
        String words = Files.readString(said);
        Matcher submitted = SUBMITTED.matcher(words);
        assertThat(status == 0 && submitted.find()).as(words).isTrue();
        return JobID.fromHexString(submitted.group(1));
    }

    /** Requests of a service of their own, sent and looked for. */
    private static final class Requests implements AutoCloseable {
        private final LocalStack stack;
        private final String service;
        private final TestProducer producer;
        private long sent;

        Requests(LocalStack stack, String service) {
            this.stack = stack;
            this.service = service;
            this.producer = new TestProducer(stack);
        }

        void send(int count) {
            send(EventArchiveITCase.requests(service, count, Instant.now()));
        }

        /** Requests of all kinds. */
        void sendThreeMinutes(long seed) {
            send(GoldenSignalsITCase.requests(service, seed, Instant.now().truncatedTo(ChronoUnit.SECONDS)));
        }

        private void send(List<ServiceRequest> requests) {
            producer.send(Topics.SERVICE_REQUESTS, ServiceRequest.class, requests);
            sent += requests.size();
        }

        void awaitSome() {
            await(service)
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> stack.sql()
                                    .number("SELECT count() FROM service_requests WHERE service = '%s'"
                                            .formatted(service))
                            > 0);
        }

        void awaitEachOnce() {
            String rows =
                    "SELECT count() AS stored, uniqExact(kafka_partition, kafka_offset) AS different FROM service_requests WHERE service = '%s'"
                            .formatted(service);
            await(service)
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(
                            () -> assertThat(stack.sql().rows(rows).get(0).toString())
                                    .isEqualTo("{\"stored\":%d,\"different\":%d}".formatted(sent, sent)));
        }

        void awaitAll(String table) {
            String count = table.endsWith("golden_signals")
                    ? "SELECT sum(events) FROM %s WHERE entity_id = '%s'"
                    : "SELECT count() FROM %s WHERE service = '%s'";
            await(table)
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(stack.sql().number(count.formatted(table, service)))
                            .isEqualTo(sent));
        }

        /** Rows as text, so that numbers are compared to the last bit. */
        List<JsonNode> signals(String database) {
            return stack.sql()
                    .rows(
                            "SELECT * FROM %s.golden_signals WHERE entity_id = '%s' ORDER BY operation, region, window_start"
                                    .formatted(database, service));
        }

        List<JsonNode> rows(String database) {
            return stack.sql()
                    .rows(
                            "SELECT * EXCEPT (stored_at, sink_block) FROM %s.service_requests WHERE service = '%s' ORDER BY kafka_partition, kafka_offset"
                                    .formatted(database, service));
        }

        @Override
        public void close() {
            producer.close();
        }
    }
}
