package io.ag06.bench.drain;

import io.ag06.local.LocalKafka;
import io.ag06.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;

/** Kafka's process. Says where it listens, in one line, and ends when its standard input does. */
public final class BrokerMain {
    /** Followed by {@code host:port}. */
    static final String LISTENING = "listening ";

    private BrokerMain() {}

    /**
     * Serves until the parent ends.
     *
     * @param arguments the folder of Kafka's data
     */
    public static void main(String[] arguments) throws IOException {
        try (LocalKafka kafka = LocalKafka.start(Path.of(arguments[0]), 0)) {
            kafka.createTopics(Topics.all());
            System.out.println(LISTENING + kafka.bootstrapServers());
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }
}
