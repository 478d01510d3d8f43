package io.ag06.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ag06.pipeline.job.EventArchiveJob;
import io.ag06.pipeline.job.GoldenSignalsJob;
import io.ag06.pipeline.job.Job;
import io.ag06.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A savepoint of every released version starts under today's jobs.
 *
 * <p>A savepoint is kept by its version and job in {@code src/test/resources/savepoints}. Each was taken when the job
 * had read the first {@value #BEFORE} records of one Kafka partition and had sent none of them: all are in blocks, in
 * the sink's state. Its positions are those of a Kafka made for it, with as many other records in their place; so what
 * comes to the tables is what was in the blocks, and what follows in Kafka, each once. Today's savepoint is taken
 * first, and left in {@code target/savepoints}: to be kept when this version is released (CONTRIBUTING.md).
 */
@ExtendWith(StackExtension.class)
class UpgradeITCase {
    private static final Path RELEASED = Path.of("src/test/resources/savepoints");
    private static final Path TODAY = Path.of("target/savepoints");

    /** What they make of requests can be read at once; a job of another kind needs a story of its own. */
    private static final List<Job> JOBS = List.of(new EventArchiveJob(), new GoldenSignalsJob());

    private static final int BEFORE = 20;
    private static final int AFTER = 10;
    private static final String SERVICE = "through-an-upgrade";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void savepointsOfEveryVersionStartUnderTodaysJobs(LocalStack stack) throws Exception {
        try (LocalKafka kafka = kafka("today", SERVICE)) {
            DatabaseRuns runs = new DatabaseRuns(stack, kafka.bootstrapServers(), "before_the_savepoint");
            for (Job job : JOBS) {
                keep(
                        job,
                        runs.savepointWithBlocks(job, OnePartition.OF_REQUESTS, BEFORE, folder.resolve("savepoints")));
            }
        }
        try (LocalKafka kafka = kafka("later", "read before the savepoint")) {
            OnePartition.send(kafka, SERVICE, AFTER);
            for (Path version : versions()) {
                startFrom(version, stack, kafka);
            }
        }
    }

    private static void startFrom(Path version, LocalStack stack, LocalKafka kafka) throws Exception {
        String database = "from_" + version.getFileName().toString().replaceAll("\\W", "_");
        DatabaseRuns runs = new DatabaseRuns(stack, kafka.bootstrapServers(), database);
        List<JobClient> running = new ArrayList<>();
        for (Job job : JOBS) {
            Path savepoint = version.resolve(job.jobName());
            if (Files.exists(savepoint)) {
                running.add(runs.start(job, Duration.ofMillis(500), Optional.of(savepoint)));
            }
        }
        awaitEachOnce(stack, database);
        for (JobClient job : running) {
            job.cancel().get();
        }
    }

    private LocalKafka kafka(String name, String service) {
        LocalKafka kafka = LocalKafka.start(folder.resolve(name), 0);
        kafka.createTopics(Topics.all());
        OnePartition.send(kafka, service, BEFORE);
        return kafka;
    }

    private static List<Path> versions() throws IOException {
        try (Stream<Path> released = Files.list(RELEASED)) {
            return Stream.concat(released, Stream.of(TODAY)).toList();
        }
    }

    private static void keep(Job job, Path savepoint) throws IOException {
        Path kept = Files.createDirectories(TODAY.resolve(job.jobName()));
        try (Stream<Path> files = Files.list(savepoint)) {
            assertThat(files).as("small enough for one file").hasSize(1);
        }
        Files.copy(savepoint.resolve("_metadata"), kept.resolve("_metadata"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void awaitEachOnce(LocalStack stack, String database) {
        String answer = """
                SELECT
                    (SELECT count() FROM %1$s.service_requests) AS rows,
                    (SELECT countIf(service = '%2$s') FROM %1$s.service_requests) AS ours,
                    (SELECT uniqExact(kafka_partition, kafka_offset) FROM %1$s.service_requests) AS different,
                    (SELECT sum(events) FROM %1$s.golden_signals WHERE entity_id = '%2$s') AS events""".formatted(database, SERVICE);
        int all = BEFORE + AFTER;
        await(database)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stack.sql().rows(answer).get(0).toString())
                        .isEqualTo("{\"rows\":%d,\"ours\":%d,\"different\":%d,\"events\":%d}"
                                .formatted(all, all, all, all)));
    }
}
