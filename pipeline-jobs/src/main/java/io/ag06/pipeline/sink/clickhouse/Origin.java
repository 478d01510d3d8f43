package io.ag06.pipeline.sink.clickhouse;

import static java.util.Objects.requireNonNull;

/**
 * A place in Kafka from which rows came.
 *
 * @param topic the topic's name
 * @param partition the partition of the topic
 * @param offset the offset in the partition
 */
public record Origin(String topic, int partition, long offset) {
    public Origin {
        requireNonNull(topic, "topic");
    }

    @Override
    public String toString() {
        return "%s-%d at offset %d".formatted(topic, partition, offset);
    }
}
