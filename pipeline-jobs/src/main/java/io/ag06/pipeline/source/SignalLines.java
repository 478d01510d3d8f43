package io.ag06.pipeline.source;

import io.ag06.pipeline.event.RejectedLine;
import io.ag06.pipeline.event.SignalInput;
import io.ag06.schemas.Topic;
import io.ag06.schemas.Topics;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Lines of JSON, one record of a topic each, as the events that golden signals need; a line that is none goes to
 * {@link #REJECTED}. Keeps no state. Empty lines are passed over.
 */
public final class SignalLines extends ProcessFunction<String, SignalInput> {
    /** Lines that are no record. */
    public static final OutputTag<RejectedLine> REJECTED =
            new OutputTag<>("rejected", TypeInformation.of(RejectedLine.class));

    private static final long serialVersionUID = 1;

    private final String topic;
    private transient SignalReader<?> reader;
    private transient int subtask;
    private transient long lines;

    /** @param topic whose records the lines are */
    public SignalLines(Topic topic) {
        this.topic = topic.name();
    }

    @Override
    public void open(OpenContext context) {
        reader = SignalReader.of(Topics.named(topic).orElseThrow());
        subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    }

    @Override
    public void processElement(String line, Context context, Collector<SignalInput> inputs) {
        if (line.isBlank()) {
            return;
        }
        try {
            inputs.collect(reader.read(line, new SignalReader.Position(topic, subtask, lines++)));
        } catch (RefusedRecordException refusal) {
            context.output(REJECTED, new RejectedLine(topic, refusal.getMessage(), line));
        }
    }
}
