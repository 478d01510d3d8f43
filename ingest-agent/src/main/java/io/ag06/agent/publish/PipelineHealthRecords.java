package io.ag06.agent.publish;

import io.ag06.agent.spool.SpooledRecord;
import io.ag06.analytics.health.JobMinute;
import io.ag06.analytics.health.TopicMinute;
import io.ag06.schemas.PipelineHealth;
import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.TopicHealth;
import io.ag06.schemas.Topics;
import java.util.OptionalLong;

/** Minutes of the pipeline's jobs as PipelineHealth records. Used by one thread. */
public final class PipelineHealthRecords {
    private final RecordCodec<PipelineHealth> codec = RecordCodec.of(PipelineHealth.class);

    /** The record of one job's minute. */
    public SpooledRecord record(JobMinute minute) {
        var health = PipelineHealth.newBuilder()
                .setJob(minute.job())
                .setEventTime(minute.start())
                .setState(minute.state().orElse(null))
                .setRestarts(orNull(minute.work().restarts()))
                .setRecordsIn(orNull(minute.work().recordsIn()))
                .setRecordsOut(orNull(minute.work().recordsOut()))
                .setLagRecords(orNull(minute.lagRecords()))
                .setEventToQueryP50Us(orNull(minute.freshness().p50Us()))
                .setEventToQueryP99Us(orNull(minute.freshness().p99Us()))
                .setDeadLetters(orNull(minute.work().deadLetters()))
                .setRepeats(orNull(minute.repeats()))
                .setCheckpointAgeUs(orNull(minute.checkpoint().ageUs()))
                .setCheckpointDurationUs(orNull(minute.checkpoint().durationUs()))
                .setCheckpointBytes(orNull(minute.checkpoint().bytes()))
                .setCircuit(minute.sink().circuit().orElse(null))
                .setCircuitOpenUs(orNull(minute.sink().openUs()))
                .setBlocksSent(orNull(minute.sink().blocksSent()))
                .setBlocksFound(orNull(minute.sink().blocksFound()))
                .setBlocksRejected(orNull(minute.sink().blocksRejected()))
                .setSpilledBytes(orNull(minute.sink().spilledBytes()))
                .setSpoolRecords(orNull(minute.spool().records()))
                .setSpoolBytes(orNull(minute.spool().bytes()))
                .setTopics(minute.topics().stream()
                        .map(PipelineHealthRecords::topic)
                        .toList())
                .build();
        return new SpooledRecord(Topics.PIPELINE_HEALTH.name(), minute.job(), codec.encode(health));
    }

    private static TopicHealth topic(TopicMinute topic) {
        return TopicHealth.newBuilder()
                .setTopic(topic.topic())
                .setLagRecords(orNull(topic.lagRecords()))
                .setRecordsStored(orNull(topic.recordsStored()))
                .setRepeats(orNull(topic.repeats()))
                .build();
    }

    private static Long orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
