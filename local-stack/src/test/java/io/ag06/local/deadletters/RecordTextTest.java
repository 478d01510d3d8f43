package io.ag06.local.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.schemas.Examples;
import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.ServiceMetrics;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RecordTextTest {
    private final ServiceMetrics metrics = Examples.of(ServiceMetrics.class, "ordinary");

    @Test
    void aRecordIsJson() {
        RecordText text = RecordText.of("ag06.service-metrics", bytes());

        assertThat(text.json())
                .hasValueSatisfying(
                        json -> assertThat(json.get("service").asText()).isEqualTo("mixer-api"));
        assertThat(text.whyNot()).isEmpty();
    }

    @Test
    void anythingElseSaysWhyItIsNot() {
        metrics.setCpuUtilisation(Double.NaN);

        assertThat(RecordText.of("ag06.service-metrics", bytes()).whyNot()).contains("cpu_utilisation is NaN");
        assertThat(RecordText.of("ag06.service-metrics", "hello".getBytes(StandardCharsets.UTF_8))
                        .whyNot())
                .contains("single-object encoding");
        assertThat(RecordText.of("ag06.no-such-topic", bytes()).whyNot()).contains("no topic ag06.no-such-topic");
    }

    private byte[] bytes() {
        return RecordCodec.of(ServiceMetrics.class).encode(metrics);
    }
}
