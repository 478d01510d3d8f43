package io.ag06.agent.spool;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A record on its way to Kafka, encoded. Its bytes are not copied, so they must not change any more. */
public final class SpooledRecord {
    /**
     * The most that topic, key and value may take together, bytes. What is below it fits into a request of Kafka's
     * default size (1 MiB); anything larger could never be published and would hold up all that follows.
     */
    public static final int MAX_BYTES = 1_000_000;

    private final String topic;
    private final String key;
    private final byte[] value;

    /**
     * A record of these bytes.
     *
     * @param topic the topic's name
     * @param key the record's key
     * @param value the record's bytes
     * @throws IllegalArgumentException where it is larger than {@link #MAX_BYTES}
     */
    public SpooledRecord(String topic, String key, byte[] value) {
        this.topic = requireNonNull(topic, "topic");
        this.key = requireNonNull(key, "key");
        this.value = requireNonNull(value, "value");
        int bytes = value.length + utf8(topic).length + utf8(key).length;
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a record for " + topic + " has " + bytes + " bytes; at most " + MAX_BYTES + " can be published");
        }
    }

    /** The topic's name. */
    public String topic() {
        return topic;
    }

    /** The record's key. */
    public String key() {
        return key;
    }

    /** The record's bytes. */
    public byte[] value() {
        return value;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SpooledRecord that
                && topic.equals(that.topic)
                && key.equals(that.key)
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * topic.hashCode() + key.hashCode()) + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return topic + "[" + key + ", " + value.length + " bytes]";
    }
}
