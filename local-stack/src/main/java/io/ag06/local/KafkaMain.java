package io.ag06.local;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;

/** The process of {@link KafkaProcess}. Says where it listens, and ends when its standard input does. */
public final class KafkaMain {
    private KafkaMain() {}

    /**
     * Serves until the parent ends.
     *
     * @param arguments Kafka's folder, its port, and its doors
     */
    public static void main(String[] arguments) throws IOException {
        var doors = Arrays.stream(arguments).skip(2).map(KafkaDoor::ofArgument).toList();
        try (LocalKafka kafka = LocalKafka.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]), doors)) {
            System.out.println(ChildJvm.READY + kafka.bootstrapServers());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
