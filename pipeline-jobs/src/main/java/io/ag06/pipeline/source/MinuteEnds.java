package io.ag06.pipeline.source;

import io.ag06.pipeline.event.LoadPart;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Ends a minute of a partition at the first event that lies so much later that no more are waited for. It is the event
 * that ends it, not a clock that looks now and then: so how fast a partition is read changes nothing.
 */
public final class MinuteEnds implements WatermarkStrategy<LoadPart> {
    private static final long serialVersionUID = 1;

    private final long latenessMillis;

    /** @param lateness how much later than others of its partition an event may come and still be in time */
    public MinuteEnds(Duration lateness) {
        this.latenessMillis = lateness.toMillis();
    }

    @Override
    public TimestampAssigner<LoadPart> createTimestampAssigner(TimestampAssignerSupplier.Context context) {
        return LoadPart::clockMillis;
    }

    @Override
    public WatermarkGenerator<LoadPart> createWatermarkGenerator(WatermarkGeneratorSupplier.Context context) {
        return new Generator(latenessMillis);
    }

    private static final class Generator implements WatermarkGenerator<LoadPart> {
        private final long latenessMillis;
        private long ended = Long.MIN_VALUE;

        Generator(long latenessMillis) {
            this.latenessMillis = latenessMillis;
        }

        @Override
        public void onEvent(LoadPart event, long clockMillis, WatermarkOutput output) {
            long ends = LoadPart.lastEndedBy(clockMillis - latenessMillis - 1);
            if (ends > ended) {
                ended = ends;
                output.emitWatermark(new Watermark(LoadPart.endOf(ends)));
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            // Everything is said when the event comes.
        }
    }
}
