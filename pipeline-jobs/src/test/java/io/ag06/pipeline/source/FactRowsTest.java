package io.ag06.pipeline.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.pipeline.rowbinary.EncodedRow;
import io.ag06.pipeline.settings.RuleSettings;
import io.ag06.pipeline.testing.Kafka;
import io.ag06.pipeline.testing.RowBinaryReader;
import io.ag06.schemas.AudioFrame;
import io.ag06.schemas.DeadLetter;
import io.ag06.schemas.Examples;
import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.ServiceMetrics;
import io.ag06.schemas.ServiceRequest;
import io.ag06.schemas.Topic;
import io.ag06.schemas.Topics;
import io.ag06.sql.Tables;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FactRowsTest {
    private static final Instant APPENDED_AT = Instant.parse("2026-03-01T12:00:05Z");
    private static final int PARTITION = 1;
    private static final long OFFSET = 4711;

    private final FactRows facts = new FactRows(RuleSettings.DEFAULT);
    private final Kafka.Sink<EncodedRow> rows = new Kafka.Sink<>();

    @BeforeEach
    void open() {
        facts.open(rows);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleBecomesARowOfItsTable(Topic topic, SpecificRecord example) {
        read(topic, bytes(example));

        EncodedRow row = rows.only();
        assertThat(row.table()).isEqualTo(Tables.factsOf(topic.name()).name());
        assertThat(row.partitionDay()).isEqualTo((int)
                APPENDED_AT.atZone(ZoneOffset.UTC).toLocalDate().toEpochDay());
        assertThat(row.kafkaTopic()).isEqualTo(topic.name());
        assertThat(row.kafkaPartition()).isEqualTo(PARTITION);
        assertThat(row.offsetFirst()).isEqualTo(OFFSET);
        assertThat(row.offsetLast()).isEqualTo(OFFSET);
        RowBinaryReader end =
                new RowBinaryReader(Arrays.copyOfRange(row.bytes(), row.bytes().length - 20, row.bytes().length));
        assertThat(end.int32()).isEqualTo(PARTITION);
        assertThat(end.int64()).isEqualTo(OFFSET);
        assertThat(end.int64()).isEqualTo(APPENDED_AT.toEpochMilli());
    }

    static Stream<Object[]> examples() {
        return Topics.all().stream()
                .flatMap(topic ->
                        Examples.all(topic.recordClass()).stream().map(example -> new Object[] {topic, example}));
    }

    @Test
    void aRequestIsWrittenFieldByField() {
        read(Topics.SERVICE_REQUESTS, bytes(Examples.of(ServiceRequest.class, "ordinary")));

        RowBinaryReader row = new RowBinaryReader(rows.only().bytes());
        assertThat(row.string()).isEqualTo("6c1b7a52-0d0c-4b0e-8a8f-5b5f3c0e9d11");
        assertThat(row.int64()).isEqualTo(1_772_366_400_123_456L);
        assertThat(row.string()).isEqualTo("preset-sync");
        assertThat(row.string()).isEqualTo("PUT /presets/{id}");
        assertThat(row.string()).isEqualTo("eu-west");
        assertThat(row.int32()).isEqualTo(200);
        assertThat(row.bool()).isFalse();
        assertThat(row.int64()).isEqualTo(18_250);
        assertThat(row.int64()).isEqualTo(2_048);
        assertThat(row.int64()).isEqualTo(312);
        assertThat(row.bool()).as("trace_id is null").isTrue();
        assertThat(row.int32()).isEqualTo(PARTITION);
    }

    @Test
    void aTracedRequestIsWrittenWithItsTrace() {
        read(Topics.SERVICE_REQUESTS, bytes(Examples.of(ServiceRequest.class, "part-of-a-trace")));

        assertThat(new String(rows.only().bytes(), StandardCharsets.ISO_8859_1))
                .contains("\0 4bf92f3577b34da6a3ce929d0e0e4736"); // Not null; 32 characters.
    }

    @Test
    void aTablesColumnsAreItsRecordsFieldsAndWhereItStoodInKafka() {
        var layouts = FactRows.layouts();

        assertThat(layouts).hasSameSizeAs(Topics.all());
        assertThat(layouts)
                .filteredOn(layout -> layout.table().name().equals("service_requests"))
                .singleElement()
                .satisfies(layout -> assertThat(layout.columns())
                        .startsWith("event_id", "event_time", "service")
                        .endsWith("response_bytes", "trace_id", "kafka_partition", "kafka_offset", "appended_at"));
        assertThat(layouts)
                .filteredOn(layout -> layout.table().equals(Tables.DEAD_LETTERS))
                .singleElement()
                .satisfies(layout -> assertThat(layout.columns())
                        .endsWith("original", "kafka_topic", "kafka_partition", "kafka_offset", "appended_at"));
    }

    @Test
    void bytesThatAreNoRecordBecomeADeadLetter() {
        byte[] nonsense = "hello".getBytes(StandardCharsets.US_ASCII);

        read(Topics.SERVICE_REQUESTS, nonsense);

        assertDeadLetter("decode", "single-object encoding", nonsense);
    }

    @Test
    void aRecordOfAnUnknownSchemaBecomesADeadLetter() {
        byte[] unknown = bytes(Examples.of(ServiceRequest.class, "ordinary"));
        unknown[5] ^= 1;

        read(Topics.SERVICE_REQUESTS, unknown);

        assertDeadLetter("decode", "is unknown here", unknown);
    }

    @Test
    void aRecordThatEndsEarlyBecomesADeadLetter() {
        byte[] whole = bytes(Examples.of(ServiceRequest.class, "ordinary"));
        byte[] half = Arrays.copyOf(whole, whole.length / 2);

        read(Topics.SERVICE_REQUESTS, half);

        assertDeadLetter("decode", "end early", half);
    }

    @Test
    void aRecordWithoutAValueBecomesADeadLetter() {
        read(Topics.AUDIO_FRAMES, null);

        assertDeadLetter("decode", "no value", new byte[0]);
    }

    @Test
    void aRecordOfAnotherTopicBecomesADeadLetter() {
        byte[] frame = bytes(Examples.of(AudioFrame.class, "ordinary"));

        read(Topics.SERVICE_REQUESTS, frame);

        assertDeadLetter("decode", "carries AudioFrame, not ServiceRequest", frame);
    }

    @Test
    void aNegativeDurationBecomesADeadLetter() {
        ServiceRequest request = Examples.of(ServiceRequest.class, "ordinary");
        request.setDurationUs(-1);

        read(Topics.SERVICE_REQUESTS, bytes(request));

        assertDeadLetter("rules", "duration_us is -1", bytes(request));
    }

    @Test
    void aNumberThatIsNoneBecomesADeadLetter() {
        ServiceMetrics metrics = Examples.of(ServiceMetrics.class, "ordinary");
        metrics.setCpuUtilisation(Double.NaN);

        read(Topics.SERVICE_METRICS, bytes(metrics));

        assertDeadLetter("rules", "cpu_utilisation is NaN", bytes(metrics));
    }

    @Test
    void aRecordFromTomorrowBecomesADeadLetter() {
        byte[] request = requestAt(APPENDED_AT.plus(Duration.ofDays(1)));

        read(Topics.SERVICE_REQUESTS, request);

        assertDeadLetter("rules", "2026-03-02T12:00:05Z is PT24H after", request);
    }

    @Test
    void aRecordThatIsOlderThanTheAggregatesBecomesADeadLetter() {
        byte[] request = requestAt(APPENDED_AT.minus(Duration.ofDays(401)));

        read(Topics.SERVICE_REQUESTS, request);

        assertDeadLetter("rules", "before Kafka appended the record", request);
    }

    @ParameterizedTest
    @MethodSource("endsOfTime")
    void aRecordFromTheEndOfTimeBecomesADeadLetterAndTheJobGoesOn(long micros) {
        byte[] request = requestAt(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));

        read(Topics.SERVICE_REQUESTS, request);

        assertDeadLetter("rules", micros < 0 ? "before Kafka" : "after Kafka", request);
    }

    static List<Long> endsOfTime() {
        return List.of(Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE);
    }

    @Test
    void aDeadLetterOfAnyTimeIsARowOfItsTable() {
        DeadLetter letter = Examples.of(DeadLetter.class, "rule-broken");
        letter.setSeenAt(Instant.EPOCH.plus(Long.MIN_VALUE, ChronoUnit.MICROS));

        read(Topics.DEAD_LETTERS, bytes(letter));

        assertThat(rows.only().table()).isEqualTo("dead_letters");
        assertThat(rows.count(FactRows.LOST_DEAD_LETTERS)).isZero();
    }

    @Test
    void aDeadLetterThatCanNotBeDecodedIsCountedAndNeverQueuedAgain() {
        read(Topics.DEAD_LETTERS, new byte[] {1, 2, 3});

        assertThat(rows.collected()).isEmpty();
        assertThat(rows.count(FactRows.LOST_DEAD_LETTERS)).isEqualTo(1);
        assertThat(rows.count(FactRows.DEAD_LETTERS)).isZero();
    }

    private void assertDeadLetter(String stage, String reason, byte[] original) {
        EncodedRow row = rows.only();
        assertThat(row.table()).isEqualTo("dead_letters");
        assertThat(row.offsetFirst()).isEqualTo(OFFSET);
        RowBinaryReader letter = new RowBinaryReader(row.bytes());
        String topic = letter.string();
        assertThat(Topics.named(topic)).isPresent();
        assertThat(letter.int32()).isEqualTo(PARTITION);
        assertThat(letter.int64()).isEqualTo(OFFSET);
        assertThat(letter.string()).isEqualTo(stage);
        assertThat(letter.string()).contains(reason);
        assertThat(letter.int64()).as("seen_at").isPositive();
        assertThat(letter.bytes()).isEqualTo(original);
        assertThat(letter.string()).isEqualTo(topic);
        assertThat(letter.int32()).isEqualTo(PARTITION);
        assertThat(letter.int64()).isEqualTo(OFFSET);
        assertThat(letter.int64()).isEqualTo(APPENDED_AT.toEpochMilli());
        assertThat(letter.isAtEnd()).isTrue();
        assertThat(rows.count(FactRows.DEAD_LETTERS)).isEqualTo(1);
    }

    private void read(Topic topic, byte[] value) {
        facts.deserialize(Kafka.record(topic.name(), PARTITION, OFFSET, APPENDED_AT.toEpochMilli(), value), rows);
    }

    private static byte[] requestAt(Instant eventTime) {
        ServiceRequest request = Examples.of(ServiceRequest.class, "ordinary");
        request.setEventTime(eventTime);
        return bytes(request);
    }

    @SuppressWarnings("unchecked") // A record's class is the class of its codec.
    static <T extends SpecificRecord> byte[] bytes(T record) {
        return RecordCodec.of((Class<T>) record.getClass()).encode(record);
    }
}
