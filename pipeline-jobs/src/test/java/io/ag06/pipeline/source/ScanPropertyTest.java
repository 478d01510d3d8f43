package io.ag06.pipeline.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.pipeline.event.SignalInput;
import io.ag06.pipeline.rowbinary.EncodedRow;
import io.ag06.pipeline.rowbinary.RowBinaryWriter;
import io.ag06.pipeline.settings.RuleSettings;
import io.ag06.pipeline.testing.Kafka;
import io.ag06.schemas.RecordRules;
import io.ag06.schemas.SchemaVersions;
import io.ag06.schemas.Topic;
import io.ag06.schemas.Topics;
import io.ag06.sql.Table;
import io.ag06.sql.Tables;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What is read straight from a message's bytes is what its decoder and the rules make of it, to the bit; what they
 * refuse is refused, in the same words.
 */
class ScanPropertyTest {
    private static final Instant APPENDED_AT = Instant.parse("2026-03-01T12:00:05Z");
    private static final TimeRule TIME_RULE = new TimeRule(RuleSettings.DEFAULT);

    @Provide
    Arbitrary<Topic> topics() {
        return Arbitraries.of(Topics.all());
    }

    @Provide
    Arbitrary<Topic> signalTopics() {
        return Arbitraries.of(SignalInputs.TOPICS);
    }

    @Provide
    Arbitrary<Topic> topicsOfSimpleRecords() {
        return Arbitraries.of(
                Topics.SERVICE_REQUESTS, Topics.SERVICE_METRICS, Topics.DEVICE_METRICS, Topics.DEAD_LETTERS);
    }

    @Property(tries = 3000)
    void aRowIsTheOneOfTheDecodedRecord(@ForAll("topics") Topic topic, @ForAll Random random, @ForAll boolean damage) {
        byte[] value = message(topic, random, damage);
        ConsumerRecord<byte[], byte[]> message = fromKafka(topic, value);

        assertThat(outcome(() -> bytes(new FactEncoder(topic, TIME_RULE).encode(message))))
                .isEqualTo(outcome(() -> bytes(decodedRow(topic, message))));
    }

    @Property(tries = 3000)
    void aSignalInputIsTheOneOfTheDecodedRecord(
            @ForAll("signalTopics") Topic topic, @ForAll Random random, @ForAll boolean damage) {
        ConsumerRecord<byte[], byte[]> message = fromKafka(topic, message(topic, random, damage));
        SignalReader<?> reader = SignalReader.of(topic);

        assertThat(outcome(() -> unnumbered(reader.read(message, TIME_RULE))))
                .isEqualTo(outcome(() -> unnumbered(reader.decoded(message, TIME_RULE))));
    }

    @Property(tries = 500)
    void whatIsPlainIsScanned(@ForAll("topicsOfSimpleRecords") Topic topic, @ForAll Random random) {
        ConsumerRecord<byte[], byte[]> message = fromKafka(topic, new RandomMessages(random, APPENDED_AT).whole(topic));
        boolean isTakenIn = outcome(() -> bytes(decodedRow(topic, message))).startsWith("taken");

        RecordRules rules = RecordRules.of(topic.schema());
        assertThat(new FactScan(topic.schema(), rules, "event_time", TIME_RULE)
                        .encode(message.value(), message.timestamp(), new RowBinaryWriter(512)))
                .isEqualTo(isTakenIn);
    }

    @Property(tries = 500)
    void requestsOfEveryVersionAreScanned(@ForAll Random random) throws RefusedRecordException {
        RandomMessages messages = new RandomMessages(random, APPENDED_AT);
        SignalReader<?> reader = SignalReader.of(Topics.SERVICE_REQUESTS);
        RequestScan scan = new RequestScan(RecordRules.of(Topics.SERVICE_REQUESTS.schema()));
        for (Schema version : SchemaVersions.bundled().of(Topics.SERVICE_REQUESTS.record())) {
            ConsumerRecord<byte[], byte[]> message = fromKafka(Topics.SERVICE_REQUESTS, messages.whole(version));
            boolean isTakenIn =
                    outcome(() -> reader.decoded(message, TIME_RULE).toString()).startsWith("taken");

            assertThat(scan.read(message, TIME_RULE) != null).isEqualTo(isTakenIn);
        }
    }

    /** A scan is used for one message after the other: nothing of one may be left in the next. */
    @Property(tries = 100)
    void oneMessageLeavesNothingToTheNext(@ForAll("topics") Topic topic, @ForAll Random random) {
        FactEncoder used = new FactEncoder(topic, TIME_RULE);
        for (int i = 0; i < 50; i++) {
            ConsumerRecord<byte[], byte[]> message = fromKafka(topic, message(topic, random, random.nextInt(4) == 0));

            assertThat(outcome(() -> bytes(used.encode(message))))
                    .isEqualTo(outcome(() -> bytes(new FactEncoder(topic, TIME_RULE).encode(message))));
        }
    }

    private static byte[] message(Topic topic, Random random, boolean damage) {
        RandomMessages messages = new RandomMessages(random, APPENDED_AT);
        byte[] whole = messages.whole(topic);
        return damage ? messages.damaged(whole) : whole;
    }

    private static EncodedRow decodedRow(Topic topic, ConsumerRecord<byte[], byte[]> message)
            throws RefusedRecordException {
        RowBinaryWriter out = new RowBinaryWriter(512);
        RecordRules rules = RecordRules.of(topic.schema());
        new DecodedFact(topic, rules, "event_time", TIME_RULE).encode(message, out);
        Table table = Tables.factsOf(topic.name());
        if (!table.offsets().topic().isEmpty()) {
            out.string(topic.name());
        }
        return FactEncoder.facts(table, message, out);
    }

    private static ConsumerRecord<byte[], byte[]> fromKafka(Topic topic, byte[] value) {
        return Kafka.record(topic.name(), 1, 9, APPENDED_AT.toEpochMilli(), value);
    }

    /** Without the number, which is the scan's own. */
    private static String unnumbered(SignalInput input) {
        return new SignalInput(
                        input.topic(),
                        input.partition(),
                        input.offset(),
                        input.key(),
                        SignalInput.NOT_NUMBERED,
                        input.request(),
                        input.load(),
                        input.frame(),
                        input.device())
                .toString();
    }

    private static String bytes(EncodedRow row) {
        return HexFormat.of().formatHex(row.bytes());
    }

    private static String outcome(Reading reading) {
        try {
            return "taken in: " + reading.read();
        } catch (RefusedRecordException refusal) {
            return refusal.stage() + ": " + refusal.getMessage();
        }
    }

    private interface Reading {
        String read() throws RefusedRecordException;
    }
}
