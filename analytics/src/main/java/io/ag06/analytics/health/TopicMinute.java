package io.ag06.analytics.health;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * What a job did with one topic in one minute.
 *
 * @param topic the topic's name
 * @param lagRecords offsets of committed records that the job had yet to take in at the minute's end
 * @param recordsStored rows that appeared in the topic's raw table; empty for a job that does not fill it
 * @param repeats those of them whose identity had come before; empty likewise
 */
public record TopicMinute(String topic, OptionalLong lagRecords, OptionalLong recordsStored, OptionalLong repeats) {
    public TopicMinute {
        requireNonNull(topic, "topic");
        requireNonNull(lagRecords, "lagRecords");
        requireNonNull(recordsStored, "recordsStored");
        requireNonNull(repeats, "repeats");
    }
}
