package io.ag06.analytics.health;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One job of the pipeline in one minute. What was not known when the minute ended is empty, never 0.
 *
 * @param job the job's name
 * @param start of the minute
 * @param state how Flink called the job at the minute's end, or {@code ABSENT} where it did not have it
 * @param work what it did
 * @param freshness how long events took until they could be queried as the job's rows
 * @param checkpoint its last completed checkpoint, as it was at the minute's end
 * @param sink how its sink fared
 * @param spool what waited before Kafka at the minute's end, in the spools of the agents whose readings it takes in
 * @param topics the same by topic that it reads
 */
public record JobMinute(
        String job,
        Instant start,
        Optional<String> state,
        Work work,
        Freshness freshness,
        Checkpoint checkpoint,
        Sink sink,
        Spool spool,
        List<TopicMinute> topics) {
    public JobMinute {
        requireNonNull(job, "job");
        requireNonNull(start, "start");
        requireNonNull(state, "state");
        requireNonNull(work, "work");
        requireNonNull(freshness, "freshness");
        requireNonNull(checkpoint, "checkpoint");
        requireNonNull(sink, "sink");
        requireNonNull(spool, "spool");
        topics = List.copyOf(topics);
    }

    /** Offsets that the job had yet to take in, over all topics; empty where that of one is not known. */
    public OptionalLong lagRecords() {
        return sum(topics.stream().map(TopicMinute::lagRecords).toList());
    }

    /**
     * Stored records that had come before, over the topics whose raw tables the job fills; empty where it fills none.
     */
    public OptionalLong repeats() {
        return sum(topics.stream()
                .filter(topic -> topic.recordsStored().isPresent())
                .map(TopicMinute::repeats)
                .toList());
    }

    private static OptionalLong sum(List<OptionalLong> parts) {
        return parts.isEmpty() || parts.stream().anyMatch(OptionalLong::isEmpty)
                ? OptionalLong.empty()
                : OptionalLong.of(
                        parts.stream().mapToLong(OptionalLong::getAsLong).sum());
    }

    /**
     * What a job did.
     *
     * @param restarts how often it was started again
     * @param recordsIn records taken from Kafka, those read again after a restart counted again
     * @param recordsOut rows stored by the sink, or found stored already
     * @param deadLetters records refused
     */
    public record Work(
            OptionalLong restarts, OptionalLong recordsIn, OptionalLong recordsOut, OptionalLong deadLetters) {
        public static final Work UNKNOWN =
                new Work(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

        public Work {
            requireNonNull(restarts, "restarts");
            requireNonNull(recordsIn, "recordsIn");
            requireNonNull(recordsOut, "recordsOut");
            requireNonNull(deadLetters, "deadLetters");
        }
    }

    /**
     * From an event's time until it could be queried, over the events whose rows appeared in the minute, microseconds
     * within 1 %; negative where clocks differ.
     *
     * @param p50Us median
     * @param p99Us 99th percentile
     */
    public record Freshness(OptionalLong p50Us, OptionalLong p99Us) {
        public static final Freshness UNKNOWN = new Freshness(OptionalLong.empty(), OptionalLong.empty());

        public Freshness {
            requireNonNull(p50Us, "p50Us");
            requireNonNull(p99Us, "p99Us");
        }
    }

    /**
     * A completed checkpoint.
     *
     * @param ageUs since it was completed, microseconds
     * @param durationUs how long it took, microseconds
     * @param bytes size of its state
     */
    public record Checkpoint(OptionalLong ageUs, OptionalLong durationUs, OptionalLong bytes) {
        public static final Checkpoint UNKNOWN =
                new Checkpoint(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

        public Checkpoint {
            requireNonNull(ageUs, "ageUs");
            requireNonNull(durationUs, "durationUs");
            requireNonNull(bytes, "bytes");
        }
    }

    /**
     * How a sink fared.
     *
     * @param circuit whether it was sending at the minute's end ({@code closed}) or waiting for ClickHouse
     *     ({@code open})
     * @param openUs how long of the minute it waited, mean over its tasks, microseconds
     * @param blocksSent blocks sent and stored
     * @param blocksFound blocks that a look-up found stored
     * @param blocksRejected blocks that ClickHouse refused
     * @param spilledBytes bytes of blocks that went to files
     */
    public record Sink(
            Optional<String> circuit,
            OptionalLong openUs,
            OptionalLong blocksSent,
            OptionalLong blocksFound,
            OptionalLong blocksRejected,
            OptionalLong spilledBytes) {
        public static final String CLOSED = "closed";
        public static final String OPEN = "open";

        public Sink {
            requireNonNull(circuit, "circuit");
            requireNonNull(openUs, "openUs");
            requireNonNull(blocksSent, "blocksSent");
            requireNonNull(blocksFound, "blocksFound");
            requireNonNull(blocksRejected, "blocksRejected");
            requireNonNull(spilledBytes, "spilledBytes");
        }
    }

    /**
     * What waited in spools.
     *
     * @param records records
     * @param bytes their size on disk
     */
    public record Spool(OptionalLong records, OptionalLong bytes) {
        public static final Spool UNKNOWN = new Spool(OptionalLong.empty(), OptionalLong.empty());

        public Spool {
            requireNonNull(records, "records");
            requireNonNull(bytes, "bytes");
        }
    }
}
