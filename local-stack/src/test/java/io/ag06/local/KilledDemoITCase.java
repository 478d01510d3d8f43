package io.ag06.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ag06.local.cli.Ag06;
import io.ag06.pipeline.job.Jobs;
import io.ag06.schemas.Topic;
import io.ag06.schemas.Topics;
import io.ag06.sql.Tables;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every process of a demo is killed in its middle; a stack that comes up on the same data has every event once. */
class KilledDemoITCase {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<Topic> WATCHED =
            List.of(Topics.AUDIO_FRAMES, Topics.DEVICE_METRICS, Topics.SERVICE_REQUESTS, Topics.SERVICE_METRICS);

    @Test
    void whatKafkaAcknowledgedIsThereOnce(@TempDir Path data) throws Exception {
        Process demo = demo(data);
        try {
            await("some rows of the demo").atMost(PATIENCE).ignoreExceptions().until(() -> storedRows(data) > 200);
        } finally {
            List<ProcessHandle> all = demo.descendants().toList();
            demo.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            all.forEach(ProcessHandle::destroyForcibly);
        }

        try (LocalStack stack = LocalStack.start(
                StackSettings.onFreePorts(data, Optional.empty()),
                Jobs.all(),
                part -> System.out.println("Starting " + part))) {
            for (Topic topic : WATCHED) {
                long acknowledged = acknowledged(stack.kafka().bootstrapServers(), topic);
                String table = Tables.factsOf(topic.name()).name();
                await(table)
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(stack.sql().number("SELECT count() FROM " + table))
                                .isEqualTo(acknowledged));
                assertThat(stack.sql().number("SELECT uniqExact(kafka_partition, kafka_offset) FROM " + table))
                        .isEqualTo(acknowledged);
            }
            long events = acknowledged(stack.kafka().bootstrapServers(), Topics.AUDIO_FRAMES)
                    + acknowledged(stack.kafka().bootstrapServers(), Topics.SERVICE_REQUESTS);
            assertThat(events).isGreaterThan(200);
            await("golden signals")
                    .atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(stack.sql().number("SELECT sum(events) FROM golden_signals_partials"))
                                    .isEqualTo(events));
        }
    }

    private static Process demo(Path data) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.ag06.schemas",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Ag06.class.getName(),
                        "demo",
                        "--seconds=600",
                        "--data=" + data)
                .redirectErrorStream(true)
                .redirectOutput(new File("target/killed-demo.out"))
                .start();
    }

    private static long storedRows(Path data) {
        return new SqlClient(Connections.clickHouse(data))
                .number("SELECT (SELECT count() FROM audio_frames) + (SELECT count() FROM service_requests)");
    }

    /** Records that a reader of committed ones gets, from the oldest to the last stable one. */
    private static long acknowledged(String bootstrapServers, Topic topic) {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"));
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, topic.partitions())
                    .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            // The killed producers' open transactions are aborted by the broker after their timeout.
            await("open transactions to end")
                    .atMost(PATIENCE)
                    .until(() -> consumer.endOffsets(partitions)
                            .equals(TopicEnds.of(topic, bootstrapServers).byPartition()));
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long records = 0;
            while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                records += consumer.poll(Duration.ofMillis(200)).count();
            }
            return records;
        }
    }
}
