package io.ag06.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ag06.pipeline.job.EventArchiveJob;
import io.ag06.pipeline.job.Job;
import io.ag06.pipeline.rowbinary.EncodedRow;
import io.ag06.pipeline.rowbinary.RowBinaryWriter;
import io.ag06.pipeline.rowbinary.RowEncoder;
import io.ag06.pipeline.rowbinary.RowLayout;
import io.ag06.pipeline.settings.EventArchiveSettings;
import io.ag06.pipeline.sink.clickhouse.ClickHouseSink;
import io.ag06.pipeline.source.FactRows;
import io.ag06.pipeline.source.FromKafka;
import io.ag06.schemas.DeadLetterReplay;
import io.ag06.schemas.Examples;
import io.ag06.schemas.SchemaVersions;
import io.ag06.schemas.ServiceRequest;
import io.ag06.schemas.Topic;
import io.ag06.schemas.Topics;
import io.ag06.sql.Table;
import io.ag06.sql.Tables;
import io.ag06.sql.migrate.Migrator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Producers, jobs and tables are never brought to a new version at the same instant; nothing is lost between them. */
@ExtendWith(StackExtension.class)
class SchemaEvolutionITCase {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    /** A job as it was before requests had a trace and there was a topic of replays. */
    private static final List<Topic> EARLIER_TOPICS = List.of(
            Topics.AUDIO_FRAMES,
            Topics.DEVICE_METRICS,
            Topics.SERVICE_REQUESTS,
            Topics.SERVICE_METRICS,
            Topics.DEAD_LETTERS);

    @Test
    void requestsOfBothVersionsLandFromOneTopic(LocalStack stack) throws IOException {
        String service = "evolution-both";
        List<byte[]> values = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ServiceRequest request = request(service, i % 2 == 0 ? null : TRACE);
            Schema version = SchemaVersions.bundled().of("ServiceRequest").get(i < 10 ? 0 : 1);
            values.add(bytes(version, request));
        }

        try (TestProducer producer = new TestProducer(stack)) {
            producer.sendBytes(Topics.SERVICE_REQUESTS, values);
        }

        String rows = "SELECT count() FROM service_requests WHERE service = '%s'".formatted(service);
        awaitNumber(stack, rows, 20);
        assertThat(stack.sql().number(rows + " AND trace_id IS NULL")).isEqualTo(15);
        assertThat(stack.sql().number(rows + " AND trace_id = '%s'".formatted(TRACE)))
                .isEqualTo(5);
        awaitNumber(stack, "SELECT sum(events) FROM golden_signals WHERE entity_id = '%s'".formatted(service), 20);
    }

    @Test
    void aJobOlderThanTheTablesGoesOnAndOneThatIsNewerSaysToRunTheMigrations(LocalStack stack) throws Exception {
        String database = migrated(stack, "evolution_columns");

        JobID older = stack.flink().jobs().submit(earlierJob(), settings(stack, database), 1);

        assertThat(stack.flink().jobs().result(older).isSuccess()).isTrue();
        assertThat(stack.sql()
                        .number("SELECT count() FROM %s.service_requests WHERE trace_id IS NULL".formatted(database)))
                .isEqualTo(100);

        run(stack, "ALTER TABLE %s.service_requests DROP INDEX trace_id_index".formatted(database));
        run(stack, "ALTER TABLE %s.service_requests DROP COLUMN trace_id".formatted(database));

        JobID newer = stack.flink().jobs().submit(laterJob(), settings(stack, database), 1);

        assertThat(end(stack, newer))
                .contains("service_requests has no column trace_id, which this job writes: the job is newer than the"
                        + " tables; run the migrations of its version (ag06 migrate)");
    }

    @Test
    void aTopicThatALaterVersionArchivesIsReadFromItsBeginning(LocalStack stack, @TempDir Path savepoints)
            throws Exception {
        String database = migrated(stack, "evolution_topics");
        FlinkJobs jobs = stack.flink().jobs();
        DeadLetterReplay replay = Examples.of(DeadLetterReplay.class, "back-to-its-own-partition");
        replay.setLetterTopic(database);
        try (TestProducer producer = new TestProducer(stack)) {
            producer.send(Topics.SERVICE_REQUESTS, ServiceRequest.class, List.of(request("evolution-topics", null)));
            producer.send(Topics.DEAD_LETTER_REPLAYS, DeadLetterReplay.class, List.of(replay));
        }
        Job earlier = archive(EARLIER_TOPICS);
        jobs.submit(earlier, settings(stack, database), 1);
        String requests =
                "SELECT count() FROM %s.service_requests WHERE service = 'evolution-topics'".formatted(database);
        awaitNumber(stack, requests, 1);
        Path savepoint = jobs.stop(earlier, savepoints);

        Job later = archive(Topics.all());
        JobID id = jobs.submit(later, settings(stack, database), 1, new Start.At(savepoint));

        awaitNumber(
                stack,
                "SELECT count() FROM %1$s.dead_letter_replays WHERE letter_topic = '%1$s'".formatted(database),
                1);
        assertThat(stack.sql().number(requests)).isEqualTo(1);
        assertThat(jobs.status(id)).isEqualTo(JobStatus.RUNNING);
        jobs.cancel(id);
    }

    /** Writes rows of the first version to the end of its input, as a job does that was built before the migration. */
    private static Job earlierJob() {
        List<String> columns = new ArrayList<>(FactRows.layouts().stream()
                .filter(layout -> layout.table().name().equals("service_requests"))
                .findFirst()
                .orElseThrow()
                .columns());
        columns.remove("trace_id");
        RowLayout layout = new RowLayout(Tables.factsOf(Topics.SERVICE_REQUESTS.name()), columns);
        return job(
                "earlier-than-the-tables",
                (environment, settings) -> environment
                        .fromData(
                                EncodedRow.class,
                                IntStream.range(0, 100)
                                        .mapToObj(SchemaEvolutionITCase::rowOfTheFirstVersion)
                                        .toArray(EncodedRow[]::new))
                        .sinkTo(ClickHouseSink.of(RowEncoder.ofEncodedRows(List.of(layout)), settings.clickHouse()))
                        .uid("clickhouse"));
    }

    private static EncodedRow rowOfTheFirstVersion(int offset) {
        long now = System.currentTimeMillis();
        RowBinaryWriter row = new RowBinaryWriter(200);
        row.string("event-" + offset);
        row.int64(now * 1_000);
        row.string("earlier");
        row.string("GET");
        row.string("eu");
        row.int32(200);
        row.bool(false);
        row.int64(1);
        row.int64(2);
        row.int64(3);
        row.int32(0);
        row.int64(offset);
        row.int64(now);
        return new EncodedRow(
                "service_requests",
                Math.toIntExact(now / Duration.ofDays(1).toMillis()),
                Topics.SERVICE_REQUESTS.name(),
                0,
                offset,
                offset,
                row.toByteArray());
    }

    /** The archive of this version, which gives up where it would try again for ever. */
    private static Job laterJob() {
        return job("later-than-the-tables", (environment, settings) -> {
            Configuration once = new Configuration();
            once.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
            environment.configure(once);
            archive(environment, settings, Topics.all());
        });
    }

    private static Job archive(List<Topic> topics) {
        return job("archive-of-topics", (environment, settings) -> archive(environment, settings, topics));
    }

    /** The graph of the real job, over fewer topics. */
    private static void archive(
            StreamExecutionEnvironment environment, EventArchiveSettings settings, List<Topic> topics) {
        EventArchiveJob.wire(
                environment,
                FromKafka.of(settings.kafka(), topics, new FactRows(settings.rules())),
                rows -> rows.sinkTo(
                                ClickHouseSink.of(RowEncoder.ofEncodedRows(FactRows.layouts()), settings.clickHouse()))
                        .uid("clickhouse"));
    }

    private static Job job(String name, BiConsumer<StreamExecutionEnvironment, EventArchiveSettings> graph) {
        return new Job() {
            @Override
            public String jobName() {
                return name;
            }

            @Override
            public List<Topic> topics() {
                return List.of(Topics.SERVICE_REQUESTS);
            }

            @Override
            public List<Table> tables() {
                return List.of(Tables.factsOf(Topics.SERVICE_REQUESTS.name()));
            }

            @Override
            public void assemble(StreamExecutionEnvironment environment, List<String> settings) {
                graph.accept(environment, EventArchiveSettings.read(settings));
            }
        };
    }

    /** As of any job of the stack, into a database of the test's own and under a group of its own. */
    private static List<String> settings(LocalStack stack, String database) {
        List<String> settings = new ArrayList<>(LocalStack.jobSettings(
                stack.kafka().bootstrapServers(),
                stack.clickHouse(),
                Path.of("target").toAbsolutePath()));
        settings.removeIf(setting -> setting.startsWith("clickhouse.database="));
        settings.add("clickhouse.database=" + database);
        settings.add("kafka.group-id=" + database);
        return settings;
    }

    private static String migrated(LocalStack stack, String database) {
        ClickHouseAddress address = stack.clickHouse();
        Migrator.migrate(address.url(), address.user(), address.password(), database);
        return database;
    }

    private static ServiceRequest request(String service, String traceId) {
        return ServiceRequest.newBuilder(Examples.of(ServiceRequest.class, "ordinary"))
                .setService(service)
                .setEventTime(Instant.now().truncatedTo(ChronoUnit.MICROS))
                .setTraceId(traceId)
                .build();
    }

    /** As a producer writes it that knows this version. */
    private static byte[] bytes(Schema version, ServiceRequest request) throws IOException {
        GenericData data = new GenericData();
        data.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
        GenericData.Record record = new GenericData.Record(version);
        version.getFields().forEach(field -> record.put(field.pos(), request.get(field.name())));
        return new BinaryMessageEncoder<GenericData.Record>(data, version)
                .encode(record)
                .array();
    }

    private static String end(LocalStack stack, JobID job) {
        StringBuilder words = new StringBuilder();
        for (Throwable cause = stack.flink()
                        .jobs()
                        .result(job)
                        .getSerializedThrowable()
                        .orElseThrow();
                cause != null;
                cause = cause.getCause()) {
            words.append(cause.getMessage()).append(System.lineSeparator());
        }
        return words.toString();
    }

    private static void awaitNumber(LocalStack stack, String query, long number) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stack.sql().number(query)).isEqualTo(number));
    }

    private static void run(LocalStack stack, String statement) throws IOException {
        try (InputStream answer = stack.sql().query(statement, "TabSeparated")) {
            answer.readAllBytes();
        }
    }
}
