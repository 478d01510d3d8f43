package io.ag06.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopicTextTest {
    private final RecordCodec<ServiceMetrics> codec = RecordCodec.of(ServiceMetrics.class);
    private final TopicText<?> text = TopicText.of(Topics.SERVICE_METRICS);

    static List<Topic> topics() {
        return Topics.all();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void everyExampleIsTheSameAfterText(Topic topic) throws Exception {
        var text = TopicText.of(topic);
        for (var example : Examples.cases(topic.recordClass())) {
            var bytes = text.bytes(Examples.text(topic.recordClass(), example));

            assertThat(text.bytes(text.text(bytes))).isEqualTo(bytes);
            assertThat(text.refusal(bytes)).isEmpty();
        }
    }

    @Test
    void aRecordThatBreaksARuleCanBeLookedAt() throws DecodeException {
        var metrics = Examples.of(ServiceMetrics.class, "ordinary");
        metrics.setReplicas(-1);

        assertThat(text.text(codec.encode(metrics))).contains("\"replicas\":-1");
        assertThat(text.refusal(codec.encode(metrics)))
                .hasValueSatisfying(why -> assertThat(why).startsWith("replicas is -1"));
    }

    @Test
    void bytesThatAreNoRecordSayWhy() {
        var hello = "hello".getBytes(StandardCharsets.UTF_8);

        assertThat(text.refusal(hello))
                .hasValueSatisfying(why -> assertThat(why).contains("single-object encoding"));
        assertThat(text.refusal(null)).hasValueSatisfying(why -> assertThat(why).contains("no value"));
        assertThatExceptionOfType(DecodeException.class).isThrownBy(() -> text.text(hello));
    }

    @Test
    void aNumberThatJsonCanNotSayIsNamed() {
        var metrics = Examples.of(ServiceMetrics.class, "ordinary");
        metrics.setCpuUtilisation(Double.NaN);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> text.text(codec.encode(metrics)))
                .withMessageContaining("cpu_utilisation is NaN");
    }
}
