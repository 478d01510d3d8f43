package io.ag06.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ag06.pipeline.job.EventArchiveJob;
import io.ag06.pipeline.job.GoldenSignalsJob;
import io.ag06.pipeline.job.Job;
import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.ServiceRequest;
import io.ag06.schemas.Topics;
import io.ag06.sql.migrate.Migrator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
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
    private static final String EMPTY = "before_the_savepoint";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void savepointsOfEveryVersionStartUnderTodaysJobs(LocalStack stack) throws Exception {
        try (LocalKafka kafka = kafka("today", SERVICE)) {
            prepare(stack, EMPTY); // A job that starts from nothing refuses tables that hold what it reads.
            for (Job job : JOBS) {
                keep(job, savepointWithBlocks(stack, kafka, job));
            }
        }
        try (LocalKafka kafka = kafka("later", "read before the savepoint")) {
            send(kafka, SERVICE, AFTER);
            for (Path version : versions()) {
                startFrom(version, stack, kafka);
            }
        }
    }

    private static void startFrom(Path version, LocalStack stack, LocalKafka kafka) throws Exception {
        String database = "from_" + version.getFileName().toString().replaceAll("\\W", "_");
        prepare(stack, database);
        List<JobClient> running = new ArrayList<>();
        for (Job job : JOBS) {
            Path savepoint = version.resolve(job.jobName());
            if (Files.exists(savepoint)) {
                running.add(start(stack, kafka, job, database, Duration.ofMillis(500), savepoint));
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
        send(kafka, service, BEFORE);
        return kafka;
    }

    private static List<Path> versions() throws IOException {
        try (Stream<Path> released = Files.list(RELEASED)) {
            return Stream.concat(released, Stream.of(TODAY)).toList();
        }
    }

    /** The job makes no checkpoint: what it has read is in the savepoint and nowhere else. */
    private Path savepointWithBlocks(LocalStack stack, LocalKafka kafka, Job job) throws Exception {
        JobClient running = start(stack, kafka, job, EMPTY, Duration.ofHours(1), null);
        try {
            return await(job.jobName())
                    .atMost(PATIENCE)
                    .ignoreExceptions() // Not every task runs yet.
                    .until(() -> savepoint(running), UpgradeITCase::standsAfterTheFirstRecords);
        } finally {
            running.cancel().get();
        }
    }

    private Path savepoint(JobClient job) throws Exception {
        String directory = folder.resolve("savepoints").toUri().toString();
        return Path.of(URI.create(
                job.triggerSavepoint(directory, SavepointFormatType.CANONICAL).get()));
    }

    private static boolean standsAfterTheFirstRecords(Path savepoint) {
        try {
            var position = new KafkaPartitionSplit(new TopicPartition(Topics.SERVICE_REQUESTS.name(), 0), BEFORE);
            return text(Files.readAllBytes(savepoint.resolve("_metadata")))
                    .contains(text(new KafkaPartitionSplitSerializer().serialize(position)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes as characters, to look for some among others. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static void keep(Job job, Path savepoint) throws IOException {
        Path kept = Files.createDirectories(TODAY.resolve(job.jobName()));
        try (Stream<Path> files = Files.list(savepoint)) {
            assertThat(files).as("small enough for one file").hasSize(1);
        }
        Files.copy(savepoint.resolve("_metadata"), kept.resolve("_metadata"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static JobClient start(
            LocalStack stack, LocalKafka kafka, Job job, String database, Duration checkpoints, Path from)
            throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpoints);
        configuration.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, checkpoints); // Also before the first.
        if (from != null) {
            configuration.set(
                    StateRecoveryOptions.SAVEPOINT_PATH,
                    from.toAbsolutePath().toUri().toString());
        }
        URI flink = stack.flink().rest();
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createRemoteEnvironment(flink.getHost(), flink.getPort(), configuration);
        environment.setParallelism(1);
        List<String> settings = new ArrayList<>(stack.clickHouse().asJobSettings());
        settings.removeIf(setting -> setting.startsWith("clickhouse.database="));
        settings.add("clickhouse.database=" + database);
        settings.add("kafka.bootstrap-servers=" + kafka.bootstrapServers());
        job.assemble(environment, settings);
        return environment.executeAsync(job.jobName() + " into " + database);
    }

    /** Rows of a savepoint are as old as it is: a table that forgets would drop them as they come. */
    private static void prepare(LocalStack stack, String database) {
        ClickHouseAddress clickHouse = stack.clickHouse();
        Migrator.migrate(clickHouse.url(), clickHouse.user(), clickHouse.password(), database);
        for (String table : List.of("service_requests", "golden_signals_partials")) {
            stack.sql().rows("ALTER TABLE %s.%s REMOVE TTL".formatted(database, table));
        }
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

    private static void send(LocalKafka kafka, String service, int count) {
        RecordCodec<ServiceRequest> codec = RecordCodec.of(ServiceRequest.class);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (ServiceRequest request : EventArchiveITCase.requests(service, count, Instant.now())) {
                Future<?> unused = producer.send(
                        new ProducerRecord<>(Topics.SERVICE_REQUESTS.name(), 0, null, codec.encode(request)));
            }
        }
    }
}
