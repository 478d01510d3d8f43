package io.ag06.local;

import static org.awaitility.Awaitility.await;

import io.ag06.pipeline.job.Job;
import io.ag06.sql.migrate.Migrator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.common.TopicPartition;

/**
 * Runs of jobs into a database of their own in a test's stack, with a pace of checkpoints of their own.
 *
 * @param kafka bootstrap servers to read from
 */
record DatabaseRuns(LocalStack stack, String kafka, String database) {
    /** Longer than any test. */
    static final Duration NO_CHECKPOINTS = Duration.ofHours(1);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Makes the database, whose tables forget nothing: what comes from a savepoint is as old as that. */
    DatabaseRuns {
        ClickHouseAddress clickHouse = stack.clickHouse();
        Migrator.migrate(clickHouse.url(), clickHouse.user(), clickHouse.password(), database);
        for (String table : List.of("service_requests", "golden_signals_partials")) {
            stack.sql().rows("ALTER TABLE %s.%s REMOVE TTL".formatted(database, table));
        }
    }

    /**
     * Starts a job.
     *
     * @param from a savepoint, or empty to start from the beginning
     * @param more settings of the job, as key=value
     */
    JobClient start(Job job, Duration checkpoints, Optional<Path> from, String... more) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpoints);
        configuration.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, checkpoints); // Also before the first.
        from.ifPresent(savepoint -> configuration.set(
                StateRecoveryOptions.SAVEPOINT_PATH,
                savepoint.toAbsolutePath().toUri().toString()));
        URI flink = stack.flink().rest();
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createRemoteEnvironment(flink.getHost(), flink.getPort(), configuration);
        environment.setParallelism(1);
        List<String> settings = new ArrayList<>(stack.clickHouse().asJobSettings());
        settings.removeIf(setting -> setting.startsWith("clickhouse.database="));
        settings.add("clickhouse.database=" + database);
        settings.add("kafka.bootstrap-servers=" + kafka);
        settings.addAll(List.of(more));
        job.assemble(environment, settings);
        return environment.executeAsync(job.jobName() + " into " + database);
    }

    /**
     * A savepoint of a job that has read some records of one Kafka partition and has sent none of them: it makes no
     * checkpoint, so what it has read is in the savepoint and nowhere else.
     *
     * @param first partition whose first records are read
     * @param records how many of them there are
     */
    Path savepointWithBlocks(Job job, TopicPartition first, int records, Path directory) throws Exception {
        JobClient running = start(job, NO_CHECKPOINTS, Optional.empty());
        try {
            return await(job.jobName())
                    .atMost(PATIENCE)
                    .ignoreExceptions() // Not every task runs yet.
                    .until(
                            () -> savepoint(running, directory),
                            savepoint -> standsAt(savepoint, new KafkaPartitionSplit(first, records)));
        } finally {
            running.cancel().get();
        }
    }

    private static Path savepoint(JobClient job, Path directory) throws Exception {
        return Path.of(URI.create(job.triggerSavepoint(directory.toUri().toString(), SavepointFormatType.CANONICAL)
                .get()));
    }

    private static boolean standsAt(Path savepoint, KafkaPartitionSplit position) {
        try {
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
}
