package io.ag06.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Kafka's broker in a process of its own: one that can be killed, or whose processor time is not that of others. */
public final class KafkaProcess implements AutoCloseable {
    private final ChildJvm process;

    private KafkaProcess(ChildJvm process) {
        this.process = process;
    }

    /**
     * Starts the broker; returns when it answers. What was stored in the folder is there again.
     *
     * @param directory where it keeps its logs
     * @param port where it listens, 0 for any free port
     * @param doors further ways to reach it
     * @param logs the folder that gets its log
     */
    public static KafkaProcess start(Path directory, int port, List<KafkaDoor> doors, Path logs) {
        List<String> arguments = new ArrayList<>();
        arguments.add(directory.toString());
        arguments.add(Integer.toString(port));
        doors.forEach(door -> arguments.add(door.asArgument()));
        return new KafkaProcess(ChildJvm.start("kafka", List.of("-Xmx1g"), KafkaMain.class, arguments, logs));
    }

    /** {@code host:port}. */
    public String bootstrapServers() {
        return process.ready();
    }

    public ProcessHandle process() {
        return process.process();
    }

    /** Ends the process as {@code kill -9} does, and waits for its end. */
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }
}
