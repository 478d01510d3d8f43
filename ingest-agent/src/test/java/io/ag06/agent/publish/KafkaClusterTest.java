package io.ag06.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.schemas.Topics;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KafkaClusterTest {
    private final KafkaCluster cluster = new KafkaCluster(
            "127.0.0.1:9092", "ag06-agent-studio-1", "0a1b2c3d", Topics.AUDIO_FRAMES, Duration.ofSeconds(15));

    @Test
    void losesAndRepeatsNothingByItsConfiguration() {
        assertThat(cluster.producerConfig())
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("transactional.id", "ag06-agent-studio-1")
                .containsEntry("transaction.timeout.ms", 15_000)
                .containsEntry("compression.type", "lz4");
    }

    @Test
    void aSendGivesUpBeforeItsTransactionDoes() {
        assertThat((int) cluster.producerConfig().get("delivery.timeout.ms")).isLessThan(15_000);
        assertThat((int) cluster.producerConfig().get("request.timeout.ms"))
                .isLessThan((int) cluster.producerConfig().get("delivery.timeout.ms"));
    }

    @Test
    void positionsOfTwoSpoolsNeverMeet() {
        assertThat(cluster.group().groupId()).isEqualTo("ag06-agent-studio-1-0a1b2c3d");
        assertThat(cluster.positionPartition()).hasToString("ag06.audio-frames-0");
    }
}
