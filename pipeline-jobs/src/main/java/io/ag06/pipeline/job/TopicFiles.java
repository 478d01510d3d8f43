package io.ag06.pipeline.job;

import io.ag06.pipeline.event.RejectedLine;
import io.ag06.pipeline.source.SignalLines;
import io.ag06.schemas.Topic;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.CloseableIterator;

/**
 * Files of JSON lines in place of topics, and a graph over them that runs in this process to their end.
 *
 * @param environment in which the graph is made
 * @param events what the lines say
 * @param rejected lines that say nothing
 */
record TopicFiles<T>(StreamExecutionEnvironment environment, DataStream<T> events, DataStream<RejectedLine> rejected) {
    /**
     * Reads files.
     *
     * @param inputs by the topic whose records they hold
     * @param parallelism how many tasks read and work side by side
     * @param reader for the lines of a topic; what it rejects goes to {@link SignalLines#REJECTED}
     * @throws IllegalArgumentException where there are none
     */
    static <T> TopicFiles<T> read(
            Map<Topic, List<Path>> inputs, int parallelism, Function<Topic, ProcessFunction<String, T>> reader) {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, new Configuration());
        JobRuntime.configure(environment);
        DataStream<T> events = null;
        DataStream<RejectedLine> rejected = null;
        for (Map.Entry<Topic, List<Path>> input : inputs.entrySet()) {
            SingleOutputStreamOperator<T> read =
                    read(environment, input.getKey(), input.getValue(), reader.apply(input.getKey()));
            events = events == null ? read : events.union(read);
            DataStream<RejectedLine> wrong = read.getSideOutput(SignalLines.REJECTED);
            rejected = rejected == null ? wrong : rejected.union(wrong);
        }
        if (events == null) {
            throw new IllegalArgumentException("Nothing to read: name at least one --input TOPIC=FILE");
        }
        return new TopicFiles<>(environment, events, rejected);
    }

    private static <T> SingleOutputStreamOperator<T> read(
            StreamExecutionEnvironment environment, Topic topic, List<Path> files, ProcessFunction<String, T> reader) {
        org.apache.flink.core.fs.Path[] paths = files.stream()
                .map(file -> new org.apache.flink.core.fs.Path(file.toUri()))
                .toArray(org.apache.flink.core.fs.Path[]::new);
        FileSource<String> lines = FileSource.forRecordStreamFormat(new TextLineInputFormat(), paths)
                .build();
        return environment
                .fromSource(lines, WatermarkStrategy.noWatermarks(), topic.shortName() + " lines")
                .uid(topic.shortName() + "-lines")
                .process(reader)
                .name(topic.shortName())
                .uid(topic.shortName());
    }

    /**
     * Runs the graph to its end. Results and rejected lines are taken side by side: each holds back the graph when
     * nobody takes what it has.
     *
     * @param results what the graph comes to
     * @return how many lines were rejected
     */
    <R> long run(
            String name, CloseableIterator<R> results, Consumer<R> takesResult, Consumer<RejectedLine> takesRejected)
            throws Exception {
        CloseableIterator<RejectedLine> wrong = rejected.collectAsync();
        environment.executeAsync(name);
        CompletableFuture<Long> rejectedLines = CompletableFuture.supplyAsync(() -> drain(wrong, takesRejected));
        drain(results, takesResult);
        return rejectedLines.get();
    }

    private static <R> long drain(CloseableIterator<R> results, Consumer<R> taker) {
        long taken = 0;
        while (results.hasNext()) {
            taker.accept(results.next());
            taken++;
        }
        return taken;
    }
}
