package io.ag06.local.deadletters;

/**
 * Kafka records that a row was made of.
 *
 * @param topic their topic
 * @param partition their partition
 * @param first the offset of the first of them
 * @param last the offset of the last of them
 */
public record RecordRange(String topic, int partition, long first, long last) {}
