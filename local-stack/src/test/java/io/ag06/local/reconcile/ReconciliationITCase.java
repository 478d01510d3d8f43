package io.ag06.local.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.local.ClickHouseAddress;
import io.ag06.local.SqlClient;
import io.ag06.local.clickhouse.LocalClickHouse;
import io.ag06.local.kafka.KafkaLog;
import io.ag06.pipeline.rowbinary.RowBinaryWriter;
import io.ag06.schemas.DeadLetter;
import io.ag06.schemas.Examples;
import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.Topic;
import io.ag06.schemas.Topics;
import io.ag06.sql.Tables;
import io.ag06.sql.migrate.Migrator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a reconciliation tells of a Kafka and a ClickHouse that were brought apart on purpose: each partition has an
 * accident of its own, and one run must find them all.
 */
class ReconciliationITCase {
    private static final String BLOCK = "17216961135462248174";

    @TempDir
    static Path folder;

    private static KafkaWithoutJobs kafka;
    private static LocalClickHouse clickHouse;
    private static ClickHouseAddress address;
    private static SqlClient sql;
    private static ReconciliationReport report;

    @BeforeAll
    static void start() throws Exception {
        kafka = KafkaWithoutJobs.start(folder.resolve("kafka"));
        clickHouse = LocalClickHouse.start(folder.resolve("clickhouse"), 0);
        address = new ClickHouseAddress(clickHouse.url(), clickHouse.user(), Optional.of(clickHouse.passwordFile()));
        sql = new SqlClient(address);
        Migrator.migrate(address.url(), address.user(), address.password(), Tables.DATABASE);

        requestsInTransactionsWithOneAborted();
        requestsOfWhichABlockWasRefused();
        loadsOfWhichSomeAreThereTwice();
        loadsThatNobodyHasComeTo();
        readingsWithADeadLetterAndAnAbortedRecord();
        readingsOfWhichTheOldestAreGone();
        deadLettersOfWhichOneIsNone();
        framesThatAreAddedUpWrongly();
        framesOfAnotherKafka();

        report = Reconciliation.run(settings().waiting(Duration.ZERO).inWindowsOf(30), ReconciliationProgress.SILENT);
    }

    @AfterAll
    static void stop() {
        clickHouse.close();
        kafka.close();
    }

    private static ReconciliationSettings settings() {
        return ReconciliationSettings.of(kafka.bootstrapServers(), address);
    }

    /** Offsets 0..9, marker, 11..14 aborted, marker, 16..20, marker. */
    private static void requestsInTransactionsWithOneAborted() throws Exception {
        kafka.commit(Topics.SERVICE_REQUESTS, 0, 10);
        kafka.abort(Topics.SERVICE_REQUESTS, 0, 4);
        kafka.commit(Topics.SERVICE_REQUESTS, 0, 5);
        store("service_requests", 0, offsets(0, 9), offsets(16, 20));
        sum(Topics.SERVICE_REQUESTS, 0, 0, 7, 8);
        sum(Topics.SERVICE_REQUESTS, 0, 8, 20, 7);
        kafka.positionOf("event-archive", Topics.SERVICE_REQUESTS, 0, 22);
        kafka.positionOf("golden-signals", Topics.SERVICE_REQUESTS, 0, 22);
    }

    @Test
    void markersAndAbortedRecordsAreNoGaps() {
        FactsReport requests = facts(Topics.SERVICE_REQUESTS, 0);
        assertThat(requests.records()).isEqualTo(15);
        assertThat(requests.stored()).isEqualTo(15);
        assertRight(requests);
        PartialsReport sums = partials(Topics.SERVICE_REQUESTS, 0);
        assertThat(sums.events()).isEqualTo(15);
        assertThat(sums.stretches()).isEqualTo(2);
        assertThat(sums.missing().isNone()).isTrue();
        assertThat(sums.doubled().isNone()).isTrue();
    }

    private static void requestsOfWhichABlockWasRefused() throws Exception {
        kafka.commit(Topics.SERVICE_REQUESTS, 1, 20);
        store("service_requests", 1, offsets(0, 4), offsets(8, 16));
        sum(Topics.SERVICE_REQUESTS, 1, 0, 19, 20);
        RowBinaryWriter rows = new RowBinaryWriter(100);
        for (long offset = 5; offset <= 7; offset++) {
            rows.string("service-" + offset);
            rows.int32(1);
            rows.int64(offset);
            rows.int64(Long.parseUnsignedLong(BLOCK));
        }
        run("""
                INSERT INTO rejected_blocks (table_name, block, partition_key, rows, columns, error, refused_at, payload)
                VALUES ('service_requests', %s, '2026-03-01', 3, 'service,kafka_partition,kafka_offset,sink_block',
                    'it would not', now64(6), unhex('%s'))
                """.formatted(BLOCK, HexFormat.of().formatHex(rows.toByteArray())));
        kafka.positionOf("event-archive", Topics.SERVICE_REQUESTS, 1, 18);
        kafka.positionOf("golden-signals", Topics.SERVICE_REQUESTS, 1, 21);
    }

    @Test
    void whatIsMissingIsNamedAndTheRefusedBlockThatHoldsIt() {
        FactsReport requests = facts(Topics.SERVICE_REQUESTS, 1);
        assertThat(requests.missing()).isEqualTo(new Places(4, List.of(range(5, 7), range(17, 17)), 0));
        assertThat(requests.rejectedBlocks()).containsExactly(BLOCK);
        assertThat(requests.pending()).isEqualTo(2);
        assertThat(requests.stored()).isEqualTo(14);
    }

    @Test
    void aRecordWithoutARowIsNotCalledDoubledWhereItIsAddedUp() {
        assertThat(partials(Topics.SERVICE_REQUESTS, 1).doubled().isNone()).isTrue();
    }

    private static void loadsOfWhichSomeAreThereTwice() throws Exception {
        kafka.commit(Topics.SERVICE_METRICS, 0, 10);
        store("service_metrics", 0, offsets(0, 9), offsets(3, 4), offsets(3, 3));
        letters(Topics.SERVICE_METRICS, 0, offsets(8, 8));
        kafka.positionOf("event-archive", Topics.SERVICE_METRICS, 0, 11);
    }

    @Test
    void aRecordWithSeveralRowsIsDoubledInOneTableOrInTwo() {
        FactsReport loads = facts(Topics.SERVICE_METRICS, 0);
        assertThat(loads.doubled()).isEqualTo(new Places(3, List.of(range(3, 4), range(8, 8)), 0));
        assertThat(loads.missing().isNone()).isTrue();
    }

    private static void loadsThatNobodyHasComeTo() {
        kafka.commit(Topics.SERVICE_METRICS, 1, 10);
    }

    @Test
    void beforeTheFirstCheckpointNothingIsMissing() {
        FactsReport loads = facts(Topics.SERVICE_METRICS, 1);
        assertThat(loads.committed()).isNull();
        assertThat(loads.pending()).isEqualTo(10);
        assertRight(loads);
    }

    private static void readingsWithADeadLetterAndAnAbortedRecord() throws Exception {
        kafka.commit(Topics.DEVICE_METRICS, 0, 5);
        kafka.abort(Topics.DEVICE_METRICS, 0, 1);
        store("device_metrics", 0, offsets(0, 1), offsets(3, 4), offsets(6, 6));
        letters(Topics.DEVICE_METRICS, 0, offsets(2, 2));
        sum(Topics.DEVICE_METRICS, 0, 0, 4, 0);
        kafka.positionOf("event-archive", Topics.DEVICE_METRICS, 0, 8);
        kafka.positionOf("golden-signals", Topics.DEVICE_METRICS, 0, 8);
    }

    @Test
    void aDeadLetterIsStoredAndAnAbortedRecordThatHasARowIsUnknown() {
        FactsReport readings = facts(Topics.DEVICE_METRICS, 0);
        assertThat(readings.stored()).isEqualTo(5);
        assertThat(readings.deadLetters()).isEqualTo(1);
        assertThat(readings.missing().isNone()).isTrue();
        assertThat(readings.unexpected()).isEqualTo(new Places(1, List.of(range(6, 6)), 0));
    }

    @Test
    void readingsAreCoveredThoughTheyAreNotCounted() {
        PartialsReport readings = partials(Topics.DEVICE_METRICS, 0);
        assertThat(readings.events()).isNull();
        assertThat(readings.missing()).isEqualTo(new Places(1, List.of(range(6, 6)), 0));
    }

    private static void readingsOfWhichTheOldestAreGone() throws Exception {
        kafka.commit(Topics.DEVICE_METRICS, 1, 10);
        store("device_metrics", 1, offsets(2, 9));
        sum(Topics.DEVICE_METRICS, 1, 2, 9, 0);
        kafka.positionOf("event-archive", Topics.DEVICE_METRICS, 1, 11);
        kafka.positionOf("golden-signals", Topics.DEVICE_METRICS, 1, 11);
        kafka.deleteBelow(Topics.DEVICE_METRICS, 1, 5);
    }

    @Test
    void whatKafkaNoLongerHasIsNotJudged() {
        FactsReport readings = facts(Topics.DEVICE_METRICS, 1);
        assertThat(readings.from()).isEqualTo(5);
        assertThat(readings.records()).isEqualTo(5);
        assertRight(readings);
        assertThat(partials(Topics.DEVICE_METRICS, 1).missing().isNone()).isTrue();
    }

    private static void deadLettersOfWhichOneIsNone() throws Exception {
        byte[] letter = RecordCodec.of(DeadLetter.class).encode(Examples.of(DeadLetter.class, "no-value"));
        kafka.commit(Topics.DEAD_LETTERS, 0, letter, new byte[] {1, 2, 3}, letter);
        letters(Topics.DEAD_LETTERS, 0, offsets(0, 0));
        kafka.positionOf("event-archive", Topics.DEAD_LETTERS, 0, 4);
    }

    @Test
    void aDeadLetterThatIsNoneIsStoredNowhereByDesign() {
        FactsReport letters = facts(Topics.DEAD_LETTERS, 0);
        assertThat(letters.undecodable()).isEqualTo(1);
        assertThat(letters.stored()).isEqualTo(1);
        assertThat(letters.missing()).isEqualTo(new Places(1, List.of(range(2, 2)), 0));
    }

    private static void framesThatAreAddedUpWrongly() throws Exception {
        kafka.commit(Topics.AUDIO_FRAMES, 0, 100);
        store("audio_frames", 0, offsets(0, 99));
        sum(Topics.AUDIO_FRAMES, 0, 0, 19, 20);
        sum(Topics.AUDIO_FRAMES, 0, 20, 39, 19); // One too few.
        sum(Topics.AUDIO_FRAMES, 0, 40, 59, 20);
        sum(Topics.AUDIO_FRAMES, 0, 55, 69, 15); // Five of them again.
        sum(Topics.AUDIO_FRAMES, 0, 70, 79, 10);
        sum(Topics.AUDIO_FRAMES, 0, 70, 79, 10); // All of them again.
        sum(Topics.AUDIO_FRAMES, 0, 83, 99, 17); // Three in between are nowhere.
        kafka.positionOf("event-archive", Topics.AUDIO_FRAMES, 0, 101);
        kafka.positionOf("golden-signals", Topics.AUDIO_FRAMES, 0, 101);
    }

    @Test
    void aggregatesThatDoNotAddUpAreNamedByTheirStretches() {
        assertRight(facts(Topics.AUDIO_FRAMES, 0));
        PartialsReport frames = partials(Topics.AUDIO_FRAMES, 0);
        assertThat(frames.missing()).isEqualTo(new Places(4, List.of(range(20, 39), range(80, 82)), 0));
        assertThat(frames.doubled()).isEqualTo(new Places(15, List.of(range(55, 59), range(70, 79)), 0));
    }

    private static void framesOfAnotherKafka() {
        store("audio_frames", 1, offsets(0, 2));
        store("audio_frames", 7, offsets(40, 40));
    }

    @Test
    void rowsThatThisKafkaCanNotHaveGivenAreUnknown() {
        assertThat(facts(Topics.AUDIO_FRAMES, 1).unexpected()).isEqualTo(new Places(3, List.of(range(0, 2)), 0));
        assertThat(facts(Topics.AUDIO_FRAMES, 7).unexpected()).isEqualTo(new Places(1, List.of(range(40, 40)), 0));
    }

    @Test
    void theVerdictNamesWhatIsWrong() {
        assertThat(report.clean()).isFalse();
        assertThat(report.verdict())
                .startsWith("10 missing: ")
                .contains("ag06.service-requests-1 at 5..7, 17")
                .contains("; 18 doubled: ag06.service-metrics-0 at 3..4, 8")
                .contains("; 5 unknown to Kafka: ");
    }

    @Test
    void whatArrivesWhileItIsWaitedForIsNotMissing() throws Exception {
        kafka.commit(Topics.DEAD_LETTER_REPLAYS, 0, 10);
        store("dead_letter_replays", 0, offsets(0, 3));
        kafka.positionOf("event-archive", Topics.DEAD_LETTER_REPLAYS, 0, 11);

        ReconciliationReport found =
                Reconciliation.run(settings().over(List.of(Topics.DEAD_LETTER_REPLAYS)), new ReconciliationProgress() {
                    @Override
                    public void comparing(long offsets, long all) {
                        assertThat(offsets).isLessThanOrEqualTo(all);
                    }

                    @Override
                    public void waiting(long records, Duration longest) {
                        assertThat(records).isEqualTo(6);
                        store("dead_letter_replays", 0, offsets(4, 9));
                    }
                });

        assertThat(found.clean()).isTrue();
        assertThat(found.stored()).isEqualTo(10);
    }

    @Test
    void aTopicThatKeepsRecordsForLongerThanItsTableKeepsRowsIsJudgedFromWhereTheTableIsWhole() {
        TopicPartition requests = new TopicPartition(Topics.SERVICE_REQUESTS.name(), 0);
        TopicPartition replays = new TopicPartition(Topics.DEAD_LETTER_REPLAYS.name(), 0);
        InstantSource inThreeMonths = () -> Instant.now().plus(Duration.ofDays(100));
        try (KafkaLog log = new KafkaLog(kafka.bootstrapServers())) {
            assertThat(new Reach(log, sql, InstantSource.system()).starts(List.of(requests)))
                    .containsEntry(requests, 0L);
            assertThat(new Reach(log, sql, inThreeMonths)
                            .starts(List.of(requests))
                            .get(requests))
                    .isGreaterThanOrEqualTo(log.ends(List.of(requests)).get(requests));
            assertThat(new Reach(log, sql, inThreeMonths).starts(List.of(replays)))
                    .as("kept for 120 days")
                    .containsEntry(replays, 0L);
        }
    }

    private static void assertRight(FactsReport facts) {
        assertThat(facts.missing().isNone()).isTrue();
        assertThat(facts.doubled().isNone()).isTrue();
        assertThat(facts.unexpected().isNone()).isTrue();
    }

    private static FactsReport facts(Topic topic, int partition) {
        return report.facts().stream()
                .filter(facts -> facts.topic().equals(topic.name()) && facts.partition() == partition)
                .findFirst()
                .orElseThrow();
    }

    private static PartialsReport partials(Topic topic, int partition) {
        return report.partials().stream()
                .filter(partials -> partials.topic().equals(topic.name()) && partials.partition() == partition)
                .findFirst()
                .orElseThrow();
    }

    private static OffsetRange range(long first, long last) {
        return new OffsetRange(first, last);
    }

    private static LongStream offsets(long first, long last) {
        return LongStream.rangeClosed(first, last);
    }

    /** Rows of a raw table; what a record held does not matter here. */
    private static void store(String table, int partition, LongStream... offsets) {
        run("INSERT INTO %s (kafka_partition, kafka_offset, appended_at) VALUES %s"
                .formatted(
                        table,
                        Stream.of(offsets)
                                .flatMap(LongStream::boxed)
                                .map(offset -> "(%d, %d, now64(3))".formatted(partition, offset))
                                .collect(Collectors.joining(", "))));
    }

    private static void letters(Topic topic, int partition, LongStream offsets) {
        run("INSERT INTO dead_letters (kafka_topic, kafka_partition, kafka_offset, appended_at) VALUES "
                + offsets.mapToObj(offset -> "('%s', %d, %d, now64(3))".formatted(topic, partition, offset))
                        .collect(Collectors.joining(", ")));
    }

    /** One row of a stretch. */
    private static void sum(Topic topic, int partition, long first, long last, long events) {
        run("""
                INSERT INTO golden_signals_partials
                    (entity_kind, entity_id, window_start, events, kafka_topic, kafka_partition, offset_first, offset_last)
                SETTINGS insert_deduplication_token = '%s'
                VALUES ('service', 'one', now(), %d, '%s', %d, %d, %d)
                """.formatted(UUID.randomUUID(), events, topic, partition, first, last));
    }

    private static void run(String statement) {
        try (InputStream answer = sql.query(statement, "TabSeparated")) {
            answer.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
