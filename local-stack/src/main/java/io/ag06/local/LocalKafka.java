package io.ag06.local;

import io.ag06.schemas.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A real Kafka broker (KRaft, one node) in this process, on the loopback interface. What it stores outlives it. */
public final class LocalKafka implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalKafka.class);

    private final KafkaRaftServer server;
    private final String bootstrapServers;

    private LocalKafka(KafkaRaftServer server, String bootstrapServers) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts the broker; returns when it answers.
     *
     * @param directory where it keeps its logs
     * @param port where it listens, 0 for any free port
     */
    public static LocalKafka start(Path directory, int port) {
        return start(directory, port, List.of());
    }

    /**
     * The same with further ways to reach it.
     *
     * @param doors each with ports of its own
     */
    public static LocalKafka start(Path directory, int port, List<KafkaDoor> doors) {
        int brokerPort = Ports.claim(port, "Kafka");
        int controllerPort = Ports.claim(0, "Kafka's controller");
        Properties properties = properties(directory, brokerPort, controllerPort, doors);
        try {
            Files.createDirectories(directory);
            if (!Files.exists(directory.resolve("meta.properties"))) {
                format(directory, properties);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Kafka's folder can't be prepared: " + directory, e);
        }
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
        server.startup();
        String bootstrapServers = "127.0.0.1:" + brokerPort;
        LOG.info("Kafka listens on {}, data in {}", bootstrapServers, directory);
        return new LocalKafka(server, bootstrapServers);
    }

    private static Properties properties(Path directory, int brokerPort, int controllerPort, List<KafkaDoor> doors) {
        String listeners = "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(brokerPort, controllerPort);
        String advertised = "PLAINTEXT://127.0.0.1:" + brokerPort;
        String protocols = "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT";
        for (KafkaDoor door : doors) {
            listeners += ",%s://127.0.0.1:%d".formatted(door.name(), door.bound());
            advertised += ",%s://127.0.0.1:%d".formatted(door.name(), door.advertised());
            protocols += ",%s:PLAINTEXT".formatted(door.name());
        }
        Properties properties = new Properties();
        properties.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("listeners", listeners),
                Map.entry("advertised.listeners", advertised),
                Map.entry("listener.security.protocol.map", protocols),
                Map.entry("inter.broker.listener.name", "PLAINTEXT"),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
                Map.entry("log.dirs", directory.toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                // A killed broker's registration must expire before its successor is let in.
                Map.entry("broker.session.timeout.ms", "2000"),
                Map.entry("broker.heartbeat.interval.ms", "500"),
                // A killed producer's transaction holds up every reader until it is aborted.
                Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000")));
        return properties;
    }

    private static void format(Path directory, Properties properties) throws IOException {
        Path file = directory.resolve("format.properties");
        try (var out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int status = StorageTool.execute(
                new String[] {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()},
                new PrintStream(said, true, StandardCharsets.UTF_8));
        if (status != 0) {
            throw new IOException("Kafka can't format " + directory + ": " + said.toString(StandardCharsets.UTF_8));
        }
    }

    /** Creates the topics that are not there yet, as their descriptions say. */
    public void createTopics(Collection<Topic> topics) {
        KafkaTopics.create(bootstrapServers, topics);
    }

    /** {@code host:port}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
