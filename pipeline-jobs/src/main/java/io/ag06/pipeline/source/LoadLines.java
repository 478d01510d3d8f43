package io.ag06.pipeline.source;

import io.ag06.pipeline.event.LoadPart;
import io.ag06.pipeline.event.RejectedLine;
import io.ag06.schemas.Topic;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lines of JSON, one record of a topic each, as what they add to a service's load; a line that is none goes to
 * {@link SignalLines#REJECTED}. Keeps no state. Empty lines are passed over.
 */
public final class LoadLines extends ProcessFunction<String, LoadPart> {
    private static final long serialVersionUID = 1;

    private final String topic;
    private transient LoadReader reader;

    /** @param topic whose records the lines are */
    public LoadLines(Topic topic) {
        this.topic = topic.name();
    }

    @Override
    public void open(OpenContext context) {
        reader = new LoadReader();
    }

    @Override
    public void processElement(String line, Context context, Collector<LoadPart> parts) {
        if (line.isBlank()) {
            return;
        }
        try {
            parts.collect(reader.read(topic, line));
        } catch (RefusedRecordException refusal) {
            context.output(SignalLines.REJECTED, new RejectedLine(topic, refusal.getMessage(), line));
        }
    }
}
