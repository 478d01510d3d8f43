package io.ag06.schemas;

import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * One topic's records between Kafka's bytes and a line of JSON, for those who look at records or write a few without
 * knowing Avro. Not safe for use by several threads at once.
 *
 * @param <T> the generated class
 * @see JsonRecords the form of the text
 */
public final class TopicText<T extends SpecificRecord> {
    private final RecordCodec<T> codec;
    private final JsonRecords<T> json;
    private final RecordRules rules;

    private TopicText(Class<T> type) {
        this.codec = RecordCodec.of(type);
        this.json = JsonRecords.of(type);
        this.rules = RecordRules.of(codec.schema());
    }

    /** Text for the records of this topic. */
    public static TopicText<?> of(Topic topic) {
        return new TopicText<>(topic.recordClass());
    }

    /**
     * The record as one line of JSON, whether it keeps its rules or not.
     *
     * @throws DecodeException where the bytes are no record of this topic
     * @throws IllegalArgumentException where it holds a number that JSON can't say, such as NaN
     */
    public String text(byte[] value) throws DecodeException {
        return json.write(codec.decode(value));
    }

    /**
     * The record in a line of JSON, as Kafka's bytes.
     *
     * @throws JsonRecordException where it is no such record; the message names the field
     */
    public byte[] bytes(String line) throws JsonRecordException {
        return codec.encode(json.read(line));
    }

    /**
     * Why nobody takes this record in: its bytes are no record, or it breaks a rule; empty where neither is so. What
     * depends on the time at which Kafka appended it is not judged.
     */
    public Optional<String> refusal(byte[] value) {
        try {
            return rules.violation(codec.decode(value));
        } catch (DecodeException e) {
            return Optional.of(e.getMessage());
        }
    }
}
