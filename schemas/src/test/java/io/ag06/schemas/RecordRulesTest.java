package io.ag06.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordRulesTest {
    private final RecordRules frameRules = RecordRules.of(AudioFrame.getClassSchema());
    private final AudioFrame frame = Examples.of(AudioFrame.class, "ordinary");

    static List<Topic> topics() {
        return Topics.all();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void everyExampleKeepsTheRules(Topic topic) {
        var rules = RecordRules.of(topic.schema());
        for (SpecificRecord example : Examples.all(topic.recordClass())) {
            assertThat(rules.violation(example)).isEmpty();
        }
    }

    @Test
    void everyReleasedVersionHasRulesThatCanBeHeld() {
        for (var record : SchemaVersions.bundled().records()) {
            for (var schema : SchemaVersions.bundled().of(record)) {
                assertThat(RecordRules.of(schema).toString()).startsWith(record);
            }
        }
    }

    @Test
    void aNumberBelowItsMinimumIsNamedWithItsValue() {
        var request = Examples.of(ServiceRequest.class, "ordinary");
        request.setDurationUs(-1);
        assertThat(RecordRules.of(ServiceRequest.getClassSchema()).violation(request))
                .contains("duration_us is -1; at least 0 is allowed");
    }

    @Test
    void aNumberBeyondItsMaximumIsRefused() {
        var request = Examples.of(ServiceRequest.class, "ordinary");
        request.setStatusCode(1000);
        assertThat(RecordRules.of(ServiceRequest.getClassSchema()).violation(request))
                .contains("status_code is 1000; 0 to 999 is allowed");
    }

    @Test
    void bothEndsOfARangeAreAllowed() {
        frame.setStereoCorrelation(-1.0);
        assertThat(frameRules.violation(frame)).isEmpty();
        frame.setStereoCorrelation(1.0);
        assertThat(frameRules.violation(frame)).isEmpty();
        frame.setStereoCorrelation(Math.nextUp(1.0));
        assertThat(frameRules.violation(frame).orElseThrow())
                .startsWith("stereo_correlation is 1.0000000000000002; -1 to 1 is allowed");
    }

    @Test
    void anOptionalFieldMayBeNull() {
        frame.setStereoCorrelation(null);
        assertThat(frameRules.violation(frame)).isEmpty();
    }

    @Test
    void aFloatingPointNumberIsFiniteWhereverItStands() {
        frame.setMomentaryLufs(Double.NEGATIVE_INFINITY);
        assertThat(frameRules.violation(frame)).contains("momentary_lufs is -Infinity; a finite number is allowed");

        var inAnArray = Examples.of(AudioFrame.class, "ordinary");
        inAnArray.getBandLevelsDbfs().set(9, Double.NaN);
        assertThat(frameRules.violation(inAnArray)).contains("band_levels_dbfs[] is NaN; a finite number is allowed");

        var inARecord = Examples.of(AudioFrame.class, "ordinary");
        inARecord.getChannels().get(1).setDcOffset(Double.NaN);
        assertThat(frameRules.violation(inARecord)).contains("channels[].dc_offset is NaN; a finite number is allowed");
    }

    @Test
    void anArrayHasAsManyItemsAsItShould() {
        frame.setBandLevelsDbfs(List.of(-1.0, -2.0));
        assertThat(frameRules.violation(frame)).contains("band_levels_dbfs has 2 items; exactly 10 is allowed");

        var noChannel = Examples.of(AudioFrame.class, "ordinary");
        noChannel.setChannels(List.of());
        assertThat(frameRules.violation(noChannel)).contains("channels is empty");
    }

    @Test
    void aNameIsNotEmpty() {
        frame.setDeviceId("");
        assertThat(frameRules.violation(frame)).contains("device_id is empty");
    }

    @Test
    void theRuleOfAFieldCanBeHeldWithoutARecord() {
        assertThat(frameRules.rule("sequence").orElseThrow().check(-5L))
                .contains("sequence is -5; at least 0 is allowed");
        assertThat(frameRules.rule("channels[].rms_dbfs").orElseThrow().check(-120.5))
                .contains("channels[].rms_dbfs is -120.5; at least -120 is allowed");
        assertThat(frameRules.rule("band_levels_dbfs").orElseThrow().checkLength(11))
                .contains("band_levels_dbfs has 11 items; exactly 10 is allowed");
        assertThat(frameRules.rule("band_levels_dbfs[]").orElseThrow().check(Double.NaN))
                .isPresent();
        assertThat(frameRules.rule("silent")).isEmpty();
        assertThat(frameRules.rule("event_time")).isEmpty();
    }

    @Test
    void aMisspeltRuleIsRefusedWhenItIsRead() {
        assertThatThrownBy(() -> RecordRules.of(withField("\"type\": \"long\", \"minumum\": 0")))
                .hasMessageContaining("size declares [minumum]");
        assertThatThrownBy(() -> RecordRules.of(withField("\"type\": \"string\", \"minimum\": 0")))
                .hasMessageContaining("size declares [minimum]");
        assertThatThrownBy(() -> RecordRules.of(withField("\"type\": \"int\", \"minimum\": 0.5")))
                .hasMessageContaining("size: minimum must be a whole number, was 0.5");
        assertThatThrownBy(() -> RecordRules.of(withField("\"type\": \"int\", \"minimum\": \"0\"")))
                .hasMessageContaining("size: minimum must be a number, was 0");
    }

    private static Schema withField(String declaration) {
        return new Schema.Parser()
                .parse("{\"type\": \"record\", \"name\": \"Thing\", \"fields\": [{\"name\": \"size\", " + declaration
                        + "}]}");
    }
}
