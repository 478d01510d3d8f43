package io.ag06.bench.drain;

import io.ag06.local.ClickHouseAddress;
import io.ag06.local.KafkaProcess;
import io.ag06.local.KafkaTopics;
import io.ag06.local.LocalFlink;
import io.ag06.local.SqlClient;
import io.ag06.local.clickhouse.LocalClickHouse;
import io.ag06.schemas.Topics;
import io.ag06.sql.Tables;
import io.ag06.sql.migrate.Migrator;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts that work together, each where its cost is told apart: Kafka and ClickHouse in processes of their own,
 * Flink in this one.
 */
final class Parts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Path directory;
    private final KafkaProcess broker;
    private final LocalClickHouse clickHouse;
    private final LocalFlink flink;

    private Parts(Path directory, int slots, Consumer<String> progress) {
        this.directory = directory;
        try {
            progress.accept("Starting ClickHouse");
            clickHouse = started(LocalClickHouse.start(directory.resolve("clickhouse"), 0));
            Migrator.migrate(clickHouse.url(), clickHouse.user(), address().password(), Tables.DATABASE);
            progress.accept("Starting Kafka in a process of its own");
            broker = started(KafkaProcess.start(directory.resolve("kafka"), 0, List.of(), directory));
            KafkaTopics.create(broker.bootstrapServers(), Topics.all());
            progress.accept("Starting Flink");
            Configuration configuration = new Configuration();
            RecordsRead.configure(configuration);
            flink = started(LocalFlink.start(directory.resolve("flink"), 0, slots, configuration));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Starts all of them on free ports, with topics and tables in place. */
    static Parts start(Path directory, int slots, Consumer<String> progress) {
        return new Parts(directory, slots, progress);
    }

    private <T extends AutoCloseable> T started(T part) {
        parts.push(part);
        return part;
    }

    KafkaProcess broker() {
        return broker;
    }

    LocalFlink flink() {
        return flink;
    }

    ClickHouseAddress address() {
        return new ClickHouseAddress(clickHouse.url(), clickHouse.user(), Optional.of(clickHouse.passwordFile()));
    }

    SqlClient sql() {
        return new SqlClient(address());
    }

    /** A folder of the run's. */
    Path folder(String name) {
        return directory.resolve(name);
    }

    Usage.Meter meter() {
        return Usage.Meter.start(broker.process(), clickHouse.process());
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) { // What AutoCloseable declares.
                LOG.error("{} did not stop in order", part.getClass().getSimpleName(), e);
            }
        }
    }
}
