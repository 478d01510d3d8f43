package io.ag06.local.health;

import io.ag06.analytics.health.JobMinute;
import io.ag06.analytics.health.JobMinute.Checkpoint;
import io.ag06.analytics.health.JobMinute.Freshness;
import io.ag06.analytics.health.JobMinute.Sink;
import io.ag06.analytics.health.JobMinute.Spool;
import io.ag06.analytics.health.JobMinute.Work;
import io.ag06.analytics.health.TopicMinute;
import io.ag06.pipeline.job.Job;
import io.ag06.schemas.Topic;
import io.ag06.schemas.Topics;
import io.ag06.sql.Table;
import io.ag06.sql.Tables;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A job's minute as far as the readings tell it; what ClickHouse knows of it comes later.
 *
 * @param job the job
 * @param state Flink's word at the minute's end; empty where it was not heard
 * @param work what it did
 * @param checkpoint its last checkpoint
 * @param sink how its sink fared
 * @param lags records it had yet to take in, by topic; without those that are not known
 */
record ClosedJob(Job job, Optional<String> state, Work work, Checkpoint checkpoint, Sink sink, Map<String, Long> lags) {
    /** The whole minute. */
    JobMinute with(Instant start, StoredMinute stored) {
        Set<Table> filled = Set.copyOf(job.tables());
        return new JobMinute(
                job.jobName(),
                start,
                state,
                work,
                stored.freshness().getOrDefault(job.jobName(), Freshness.UNKNOWN),
                checkpoint,
                sink,
                job.topics().contains(Topics.DEVICE_METRICS) ? stored.spool() : Spool.UNKNOWN,
                job.topics().stream()
                        .map(topic -> topic(topic, filled.contains(Tables.factsOf(topic.name())), stored))
                        .toList());
    }

    private TopicMinute topic(Topic topic, boolean filled, StoredMinute stored) {
        return new TopicMinute(
                topic.name(),
                of(lags, topic),
                filled ? of(stored.stored(), topic) : OptionalLong.empty(),
                filled ? of(stored.repeats(), topic) : OptionalLong.empty());
    }

    private static OptionalLong of(Map<String, Long> byTopic, Topic topic) {
        Long value = byTopic.get(topic.name());
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
