package io.ag06.pipeline.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.analytics.scaling.load.MinuteLoad;
import io.ag06.pipeline.event.LoadPart;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // The harness's close() declares Exception, of which an interrupt would be one.
class LoadSumsTest {
    private static final long MINUTE = 29_539_440;

    @Test
    void sumsLeaveBeforeTheWatermarkThatEndsTheirMinute() throws Exception {
        try (var operator = harness()) {
            request(operator, "a", MINUTE);
            request(operator, "b", MINUTE);
            request(operator, "a", MINUTE);
            request(operator, "a", MINUTE + 1);
            operator.processWatermark(LoadPart.endOf(MINUTE) - 1);
            assertThat(operator.extractOutputValues()).isEmpty();

            operator.processWatermark(LoadPart.endOf(MINUTE));

            assertThat(operator.extractOutputValues())
                    .containsExactlyInAnyOrder(
                            LoadPart.ofMinute("a", MINUTE, MinuteLoad.ofRequests(2)),
                            LoadPart.ofMinute("b", MINUTE, MinuteLoad.ofRequests(1)));
            assertThat(operator.getOutput()).endsWith(new Watermark(LoadPart.endOf(MINUTE)));
        }
    }

    @Test
    void whatIsLateWaitsForTheNextMinutesEnd() throws Exception {
        try (var operator = harness()) {
            operator.processWatermark(LoadPart.endOf(MINUTE));
            request(operator, "a", MINUTE - 3);
            operator.processWatermark(LoadPart.endOf(MINUTE) + 5_000);
            assertThat(operator.extractOutputValues()).isEmpty();

            operator.processWatermark(LoadPart.endOf(MINUTE + 1));

            assertThat(operator.extractOutputValues())
                    .containsExactly(LoadPart.ofMinute("a", MINUTE - 3, MinuteLoad.REQUEST));
        }
    }

    @Test
    void everySumLeavesBeforeACheckpointAndNothingIsKept() throws Exception {
        try (var operator = harness()) {
            request(operator, "a", MINUTE);
            request(operator, "a", MINUTE + 7);
            operator.prepareSnapshotPreBarrier(1);
            operator.prepareSnapshotPreBarrier(2);
            assertThat(operator.extractOutputValues()).hasSize(2);
        }
    }

    @Test
    void everySumLeavesAtTheEndOfTheInput() throws Exception {
        try (var operator = harness()) {
            request(operator, "a", MINUTE);
            operator.processWatermark(Long.MAX_VALUE);
            request(operator, "a", MINUTE);
            operator.endInput();
            operator.getOneInputOperator().finish();
            assertThat(operator.extractOutputValues()).hasSize(2);
        }
    }

    @Test
    void readingsAndRequestsAreOneLoad() throws Exception {
        try (var operator = harness()) {
            MinuteLoad reading = MinuteLoad.ofReading(5, 0.5, 0.25, 1, 0, 3);
            operator.processElement(LoadPart.ofMinute("a", MINUTE, reading), 0);
            request(operator, "a", MINUTE);
            operator.processElement(LoadPart.ofMinute("a", MINUTE, MinuteLoad.ofRequests(4)), 0);
            operator.prepareSnapshotPreBarrier(1);
            assertThat(operator.extractOutputValues())
                    .containsExactly(LoadPart.ofMinute("a", MINUTE, reading.plus(MinuteLoad.ofRequests(5))));
        }
    }

    private static void request(
            OneInputStreamOperatorTestHarness<LoadPart, LoadPart> operator, String service, long minute)
            throws Exception {
        operator.processElement(LoadPart.ofMinute(service, minute, MinuteLoad.REQUEST), 0);
    }

    private static OneInputStreamOperatorTestHarness<LoadPart, LoadPart> harness() throws Exception {
        var harness = new OneInputStreamOperatorTestHarness<>(new LoadSums());
        harness.open();
        return harness;
    }
}
