package io.ag06.pipeline.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.analytics.scaling.load.MinuteLoad;
import io.ag06.pipeline.event.LoadPart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class MinuteEndsTest {
    /** Start of a minute, milliseconds. */
    private static final long NOON = 1_772_366_400_000L;

    private final MinuteEnds ends = new MinuteEnds(Duration.ofSeconds(20));
    private final WatermarkGenerator<LoadPart> generator = ends.createWatermarkGenerator(null);
    private final List<Long> ended = new ArrayList<>();

    @Test
    void aMinuteEndsWhenAnEventComesThatIsLaterByTheLateness() {
        event(NOON + 70_000);
        assertThat(ended).containsExactly(NOON - 1); // The minute before noon.
        event(NOON + 79_999);
        event(NOON + 10_000);
        assertThat(ended).hasSize(1);
        event(NOON + 80_000);
        assertThat(ended).containsExactly(NOON - 1, NOON + 59_999);
        event(NOON + 80_000 + 5 * 60_000);
        assertThat(ended).hasSize(3).last().isEqualTo(NOON + 59_999 + 5 * 60_000);
    }

    @Test
    void aClockThatIsAheadEndsNobodysMinutes() {
        LoadPart ahead = new LoadPart("a", NOON + 3_600_000, MinuteLoad.REQUEST);
        assertThat(ends.createTimestampAssigner(null).extractTimestamp(ahead, NOON + 5_000))
                .isEqualTo(NOON + 5_000);
        LoadPart behind = new LoadPart("a", NOON - 3_600_000, MinuteLoad.REQUEST);
        assertThat(ends.createTimestampAssigner(null).extractTimestamp(behind, NOON + 5_000))
                .isEqualTo(NOON - 3_600_000);
    }

    private void event(long time) {
        generator.onEvent(new LoadPart("a", time, MinuteLoad.REQUEST), time, new Output());
    }

    private final class Output implements WatermarkOutput {
        @Override
        public void emitWatermark(Watermark watermark) {
            ended.add(watermark.getTimestamp());
        }

        @Override
        public void markIdle() {
            throw new AssertionError("not asked for");
        }

        @Override
        public void markActive() {
            throw new AssertionError("not asked for");
        }
    }
}
