package io.ag06.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ag06.pipeline.job.EventArchiveJob;
import io.ag06.pipeline.job.Job;
import io.ag06.schemas.ServiceRequest;
import io.ag06.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Flink as a cluster of processes, of which any may be killed at any time: each record becomes one row. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledClusterITCase {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Job ARCHIVE = new EventArchiveJob();

    private LocalStack stack;
    private ClusterFlink flink;

    @BeforeAll
    void up(@TempDir Path data) {
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
    void aKilledTaskManagerComesBackAndEachRecordIsOneRow() {
        try (Stream stream = new Stream(stack, "killed-task-manager")) {
            stream.send(500);
            flink.cluster().taskManagers().forEach(manager -> {
                manager.kill();
                stream.send(500);
            });
            stream.awaitEachOnce();
        }
    }

    @Test
    void aKilledJobManagerComesBackWithItsJobsAndEachRecordIsOneRow() {
        try (Stream stream = new Stream(stack, "killed-job-manager")) {
            stream.send(500);
            stream.awaitEachOnce();
            JobID before = flink.jobs().running(ARCHIVE).orElseThrow();
            stream.send(500);
            flink.cluster().jobManager().kill();
            stream.send(500);
            await("the job, submitted again")
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> flink.jobs()
                            .running(ARCHIVE)
                            .filter(job -> !job.equals(before))
                            .isPresent());
            stream.send(500);
            stream.awaitEachOnce();
        }
    }

    /** Requests of a service of their own, sent and looked for. */
    private static final class Stream implements AutoCloseable {
        private final LocalStack stack;
        private final String service;
        private final TestProducer producer;
        private long sent;

        Stream(LocalStack stack, String service) {
            this.stack = stack;
            this.service = service;
            this.producer = new TestProducer(stack);
        }

        void send(int count) {
            producer.send(
                    Topics.SERVICE_REQUESTS,
                    ServiceRequest.class,
                    EventArchiveITCase.requests(service, count, Instant.now()));
            sent += count;
        }

        void awaitEachOnce() {
            String rows =
                    "SELECT count() AS stored, uniqExact(kafka_partition, kafka_offset) AS different FROM service_requests WHERE service = '%s'"
                            .formatted(service);
            await(service)
                    .atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(stack.sql().rows(rows).get(0).toString())
                                    .isEqualTo("{\"stored\":%d,\"different\":%d}".formatted(sent, sent)));
        }

        @Override
        public void close() {
            producer.close();
        }
    }
}
