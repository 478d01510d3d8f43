package io.ag06.pipeline.job;

import io.ag06.schemas.Topic;
import io.ag06.sql.Table;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job as whoever submits it sees it. */
public interface Job {
    /** The name by which it is submitted, and under which Flink shows it. */
    String jobName();

    /** The topics that the job reads. */
    List<Topic> topics();

    /** The tables that the job appends to. */
    List<Table> tables();

    /**
     * Puts the job's graph with its real ends into the environment.
     *
     * @param settings each {@code key=value}
     * @throws io.ag06.pipeline.settings.InvalidSettingsException where they can't be used
     */
    void assemble(StreamExecutionEnvironment environment, List<String> settings);

    /** Runs the job where Flink says, as its own command {@code flink run} does. */
    default void execute(String[] arguments) throws Exception {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        assemble(environment, List.of(arguments));
        environment.execute(jobName());
    }
}
