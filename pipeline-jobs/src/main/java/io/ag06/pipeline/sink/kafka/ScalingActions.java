package io.ag06.pipeline.sink.kafka;

import io.ag06.pipeline.row.ScalingDecisionRow;
import io.ag06.pipeline.settings.KafkaSettings;
import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.ScalingAction;
import io.ag06.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Decisions that change something, as records of {@code ag06.scaling-actions}: each at least once, and under the same
 * id where it comes again (docs/decisions/0008-actions-at-least-once.md).
 */
public final class ScalingActions implements KafkaRecordSerializationSchema<ScalingDecisionRow> {
    private static final long serialVersionUID = 1;

    /** As long as a checkpoint may take: a long outage of Kafka is one long checkpoint, not a failed job. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private transient RecordCodec<ScalingAction> codec;

    private ScalingActions() {}

    /** A sink for decisions. */
    public static Sink<ScalingDecisionRow> to(KafkaSettings kafka) {
        return KafkaSink.<ScalingDecisionRow>builder()
                .setBootstrapServers(kafka.bootstrapServers())
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(new ScalingActions())
                .setProperty(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(PATIENCE.toMillis()))
                .setProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(PATIENCE.toMillis()))
                .build();
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            ScalingDecisionRow decision, KafkaSinkContext context, Long timestamp) {
        if (codec == null) { // Just deserialised on a task manager.
            codec = RecordCodec.of(ScalingAction.class);
        }
        return new ProducerRecord<>(
                Topics.SCALING_ACTIONS.name(),
                decision.service().getBytes(StandardCharsets.UTF_8),
                codec.encode(action(decision)));
    }

    static ScalingAction action(ScalingDecisionRow decision) {
        Instant decidedAt = Instant.ofEpochSecond(Integer.toUnsignedLong(decision.decidedAt()));
        return ScalingAction.newBuilder()
                .setActionId(decision.service() + "@" + decidedAt)
                .setService(decision.service())
                .setEventTime(decidedAt)
                .setAction(decision.action())
                .setCurrentReplicas(decision.currentReplicas())
                .setDesiredReplicas(decision.desiredReplicas())
                .setReactiveReplicas(decision.reactiveDesired())
                .setConfident(decision.confident())
                .setReason(decision.reason())
                .setHourlyCost(decision.hourlyCost())
                .build();
    }
}
