package io.ag06.pipeline.operator.goldensignals;

/**
 * A stretch of one Kafka partition, read without a gap between two flushes.
 *
 * @param offsetFirst its first record
 * @param offsetLast its last record
 */
record Stretch(String topic, int partition, long offsetFirst, long offsetLast) {}
