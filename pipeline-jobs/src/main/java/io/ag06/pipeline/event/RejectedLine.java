package io.ag06.pipeline.event;

/**
 * A line of a file that is no record.
 *
 * @param topic the topic whose records the file was said to hold
 * @param reason why it was rejected
 * @param line the line as it was
 */
public record RejectedLine(String topic, String reason, String line) {}
