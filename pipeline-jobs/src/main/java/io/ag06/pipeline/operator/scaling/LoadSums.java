package io.ag06.pipeline.operator.scaling;

import io.ag06.analytics.scaling.load.MinuteLoad;
import io.ag06.pipeline.event.LoadPart;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Adds load up by service and minute where it is decoded, so that no event crosses the network.
 *
 * <p>What is kept: nothing that a checkpoint would need; a sum for each service and minute since it was last handed on,
 * at most {@value #MOST_SUMS} of them. When it is forgotten: before the watermark that ends its minute, at each
 * checkpoint, at the end of the input, and when there are too many. Late events: a sum more for their minute, handed on
 * when the next minute ends, so that it does not depend on checkpoints which minutes' ends know of it.
 */
public final class LoadSums extends AbstractStreamOperator<LoadPart>
        implements OneInputStreamOperator<LoadPart, LoadPart> {
    private static final long serialVersionUID = 1;
    private static final int MOST_SUMS = 100_000;

    private transient Map<String, Map<Long, Sum>> services;
    private transient int sums;
    private transient long closed;

    @Override
    public void open() throws Exception {
        super.open();
        services = new HashMap<>();
        closed = Long.MIN_VALUE;
    }

    @Override
    public void processElement(StreamRecord<LoadPart> element) {
        LoadPart part = element.getValue();
        Map<Long, Sum> minutes = services.computeIfAbsent(part.service(), service -> new HashMap<>());
        Sum sum = minutes.get(part.minute());
        if (sum == null) {
            sum = new Sum();
            minutes.put(part.minute(), sum);
            sums++;
        }
        sum.add(part.load());
        if (sums >= MOST_SUMS) {
            handOn(Long.MAX_VALUE);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        long closing = LoadPart.lastEndedBy(mark.getTimestamp());
        if (closing > closed) {
            handOn(closing);
            closed = closing;
        }
        super.processWatermark(mark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        handOn(Long.MAX_VALUE);
    }

    @Override
    public void finish() throws Exception {
        handOn(Long.MAX_VALUE);
        super.finish();
    }

    private void handOn(long upTo) {
        Iterator<Map.Entry<String, Map<Long, Sum>>> services =
                this.services.entrySet().iterator();
        while (services.hasNext()) {
            Map.Entry<String, Map<Long, Sum>> service = services.next();
            Iterator<Map.Entry<Long, Sum>> minutes =
                    service.getValue().entrySet().iterator();
            while (minutes.hasNext()) {
                Map.Entry<Long, Sum> minute = minutes.next();
                if (minute.getKey() <= upTo) {
                    output.collect(new StreamRecord<>(LoadPart.ofMinute(
                            service.getKey(), minute.getKey(), minute.getValue().load())));
                    minutes.remove();
                    sums--;
                }
            }
            if (service.getValue().isEmpty()) {
                services.remove();
            }
        }
    }

    /** The load of a service's minute so far. Requests, which are nearly all there is, are counted in place. */
    private static final class Sum {
        private long requests;
        private MinuteLoad readings = MinuteLoad.NONE;

        @SuppressWarnings(
                "ReferenceEquality") // Requests out of a source are one object; others are added all the same.
        void add(MinuteLoad load) {
            if (load == MinuteLoad.REQUEST) {
                requests++;
            } else {
                readings = readings.plus(load);
            }
        }

        MinuteLoad load() {
            return readings.plus(MinuteLoad.ofRequests(requests));
        }
    }
}
