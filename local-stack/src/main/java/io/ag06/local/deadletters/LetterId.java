package io.ag06.local.deadletters;

import io.ag06.local.StackException;

/**
 * Which dead letter: the Kafka record that its row was written for. That is the refused record itself, or, of one that
 * was refused before it reached its topic, the record that tells of it.
 *
 * @param topic the record's topic
 * @param partition its partition
 * @param offset its offset
 */
public record LetterId(String topic, int partition, long offset) {
    /**
     * Reads what {@link #toString} writes.
     *
     * @throws StackException where it is something else
     */
    public static LetterId parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length == 3 && !parts[0].isEmpty()) {
            try {
                return new LetterId(parts[0], Integer.parseUnsignedInt(parts[1]), Long.parseUnsignedLong(parts[2]));
            } catch (NumberFormatException e) {
                throw wrong(text, e);
            }
        }
        throw wrong(text, null);
    }

    private static StackException wrong(String text, Exception cause) {
        return new StackException(
                "'%s' is no dead letter's ID; one is TOPIC/PARTITION/OFFSET, such as ag06.service-requests/1/42"
                        .formatted(text),
                cause);
    }

    @Override
    public String toString() {
        return "%s/%d/%d".formatted(topic, partition, offset);
    }
}
