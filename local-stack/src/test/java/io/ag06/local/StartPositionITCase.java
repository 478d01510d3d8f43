package io.ag06.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.pipeline.job.EventArchiveJob;
import io.ag06.pipeline.job.Job;
import io.ag06.schemas.ServiceRequest;
import io.ag06.schemas.Topics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wherever a job starts, each record is stored once, or the job says why it does not go on. */
class StartPositionITCase {
    private static final Job ARCHIVE = new EventArchiveJob();

    @TempDir
    static Path data;

    private static LocalStack stack;
    private static FlinkJobs jobs;

    private TestProducer producer;

    @BeforeAll
    static void startStack() {
        stack = LocalStack.start(StackSettings.onFreePorts(data, Optional.empty()), List.of(), part -> {});
        jobs = stack.flink().jobs();
    }

    @AfterAll
    static void stopStack() {
        stack.close();
    }

    @BeforeEach
    void startJob() {
        producer = new TestProducer(stack);
        jobs.submit(ARCHIVE, settings(false), 1);
    }

    @AfterEach
    void stopJob() {
        jobs.running(ARCHIVE).ifPresent(jobs::cancel);
        producer.close();
    }

    @Test
    void aCancelledJobGoesOnFromItsNewestCheckpoint() {
        send("newest", 100);
        awaitEachOnce("newest", 100);
        cancel();
        send("newest", 50);

        jobs.submit(ARCHIVE, settings(false), 1);

        awaitEachOnce("newest", 150);
    }

    @Test
    void fromAnOlderPositionItStopsUnlessItMayReplaceTheRows() {
        send("older", 100);
        awaitEachOnce("older", 100);
        Path savepoint = jobs.stop(ARCHIVE, data.resolve("savepoints"));
        jobs.submit(ARCHIVE, settings(false), 1);
        send("older", 50);
        awaitEachOnce("older", 150);
        cancel();

        assertThat(end(jobs.submit(ARCHIVE, settings(false), 1, new Start.At(savepoint))))
                .contains("service_requests already holds rows from there on")
                .contains("--replace-from");
        awaitEachOnce("older", 150);

        jobs.submit(ARCHIVE, settings(true), 1, new Start.At(savepoint));
        send("older", 10);
        awaitEachOnce("older", 160);
    }

    @Test
    void fromTheBeginningItStopsUnlessItMayReplaceTheRows() {
        send("none", 100);
        awaitEachOnce("none", 100);
        cancel();

        assertThat(end(jobs.submit(ARCHIVE, settings(false), 1, new Start.Beginning())))
                .contains("already holds rows from there on");
        awaitEachOnce("none", 100);

        jobs.submit(ARCHIVE, settings(true), 1, new Start.Beginning());
        send("none", 10);
        awaitEachOnce("none", 110);
    }

    @Test
    void whereKafkaNoLongerHasItsRecordsItStopsAndGoesOnWithTheRestWhenToldSo() throws Exception {
        send("lost", 100);
        awaitEachOnce("lost", 100);
        cancel();
        send("lost", 40);
        deleteEverythingInKafka();
        send("lost", 7);

        assertThat(end(jobs.submit(ARCHIVE, settings(false), 1)))
                .contains("Kafka no longer has the records that come next")
                .contains("--from-beginning");
        awaitEachOnce("lost", 100);

        jobs.submit(ARCHIVE, settings(false), 1, new Start.Beginning());
        awaitEachOnce("lost", 107);
    }

    private static List<String> settings(boolean replace) {
        List<String> settings =
                new ArrayList<>(LocalStack.jobSettings(stack.kafka().bootstrapServers(), stack.clickHouse(), data));
        settings.add("replace-from=" + replace);
        return settings;
    }

    private static void cancel() {
        jobs.cancel(jobs.running(ARCHIVE).orElseThrow());
    }

    /** What a job that ends by itself has ended with. */
    private static String end(JobID job) {
        JobResult result = jobs.result(job);
        StringBuilder words = new StringBuilder();
        for (Throwable cause = result.getSerializedThrowable().orElseThrow(); cause != null; cause = cause.getCause()) {
            words.append(cause.getMessage()).append(System.lineSeparator());
        }
        return words.toString();
    }

    private void send(String service, int count) {
        producer.send(
                Topics.SERVICE_REQUESTS,
                ServiceRequest.class,
                EventArchiveITCase.requests(service, count, Instant.now()));
    }

    private static void awaitEachOnce(String service, int count) {
        EventArchiveITCase.awaitRows(
                stack,
                "SELECT uniqExact(kafka_partition, kafka_offset) FROM service_requests WHERE service = '%s'"
                        .formatted(service),
                count);
        assertThat(stack.sql().number("SELECT count() FROM service_requests WHERE service = '%s'".formatted(service)))
                .isEqualTo(count);
    }

    private static void deleteEverythingInKafka() throws Exception {
        String kafka = stack.kafka().bootstrapServers();
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka))) {
            // Of all topics: the stack's monitor publishes too.
            admin.deleteRecords(Topics.all().stream()
                            .flatMap(topic -> TopicEnds.of(topic, kafka).byPartition().entrySet().stream())
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey, end -> RecordsToDelete.beforeOffset(end.getValue()))))
                    .all()
                    .get();
        }
    }
}
