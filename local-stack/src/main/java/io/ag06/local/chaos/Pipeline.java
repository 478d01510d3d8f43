package io.ag06.local.chaos;

import io.ag06.local.ChildJvm;
import io.ag06.local.ClickHouseAddress;
import io.ag06.local.ClusterFlink;
import io.ag06.local.KafkaDoor;
import io.ag06.local.KafkaProcess;
import io.ag06.local.KafkaTopics;
import io.ag06.local.LocalFlink;
import io.ag06.local.LocalStack;
import io.ag06.local.Ports;
import io.ag06.local.SqlClient;
import io.ag06.local.clickhouse.LocalClickHouse;
import io.ag06.local.cluster.RpcPort;
import io.ag06.local.cluster.RpcPorts;
import io.ag06.pipeline.job.EventArchiveJob;
import io.ag06.pipeline.job.GoldenSignalsJob;
import io.ag06.pipeline.job.Job;
import io.ag06.schemas.Topics;
import io.ag06.sql.Tables;
import io.ag06.sql.migrate.Migrator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole pipeline of separate processes, each of which can be killed, on a network that can be cut and disks that
 * can be filled: a producer of numbered requests, Kafka, a Flink cluster with two TaskManagers, ClickHouse.
 */
final class Pipeline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
    /** Those whose results are counted and compared in the end. */
    private static final List<Job> JUDGED = List.of(new EventArchiveJob(), new GoldenSignalsJob());

    private static final int TASK_MANAGERS = 2;
    private static final int CLICKHOUSE_DISK_MEBIBYTES = 1_024;
    private static final int CHECKPOINT_DISK_MEBIBYTES = 256;

    private final Path data;
    private final ChaosSettings settings;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Network network = new Network();
    private final int kafkaPort = Ports.claim(0, "Kafka");
    private List<KafkaDoor> doors;
    private KafkaProcess kafka;
    private Network.Passage clickHousePassage;
    private LocalClickHouse clickHouse;
    private ClusterFlink flink;
    private ChildJvm producer;
    private Optional<SmallDisk> clickHouseDisk = Optional.empty();
    private Optional<SmallDisk> checkpointDisk = Optional.empty();

    private Pipeline(Path data, ChaosSettings settings) {
        this.data = data;
        this.settings = settings;
    }

    /**
     * Starts everything; returns when requests flow into the jobs.
     *
     * @param progress is told what begins, in a few words for a person
     */
    static Pipeline start(Path data, ChaosSettings settings, Consumer<String> progress) throws IOException {
        Pipeline pipeline = new Pipeline(data, settings);
        try {
            pipeline.startParts(progress);
            return pipeline;
        } catch (IOException | RuntimeException e) {
            pipeline.close();
            throw e;
        }
    }

    private void startParts(Consumer<String> progress) throws IOException {
        parts.push(network);
        clickHouseDisk = disk(data.resolve("clickhouse"), CLICKHOUSE_DISK_MEBIBYTES);
        checkpointDisk = disk(LocalFlink.checkpointsIn(flinkDirectory()), CHECKPOINT_DISK_MEBIBYTES);

        progress.accept("ClickHouse");
        clickHousePassage = network.join(Link.FLINK_CLICKHOUSE);
        startClickHouse();
        parts.push(() -> clickHouse.close());
        Migrator.migrate(
                clickHouse.url(), clickHouse.user(), clickHouseAddress().password(), Tables.DATABASE);

        progress.accept("Kafka");
        Network.Passage ofProducer = network.join(Link.PRODUCER_KAFKA);
        Network.Passage ofFlink = network.join(Link.FLINK_KAFKA);
        doors = List.of(
                new KafkaDoor("PRODUCER", ofProducer.bound(), ofProducer.entrance()),
                new KafkaDoor("JOBS", ofFlink.bound(), ofFlink.entrance()));
        startKafka();
        parts.push(() -> kafka.close());
        KafkaTopics.create(kafkaAddress(), Topics.all());

        progress.accept("Flink");
        flink = ClusterFlink.start(flinkDirectory(), logs(), 0, rpcPorts());
        parts.push(flink);
        for (Job job : JUDGED) {
            progress.accept(job.jobName());
            flink.jobs().submit(job, jobSettings(ofFlink), TASK_MANAGERS);
        }

        progress.accept("the producer");
        startProducer();
        parts.push(() -> producer.close());
    }

    private Optional<SmallDisk> disk(Path directory, int mebibytes) throws IOException {
        Optional<SmallDisk> disk = SmallDisk.at(directory, mebibytes);
        disk.ifPresent(parts::push);
        return disk;
    }

    private RpcPorts rpcPorts() throws IOException {
        RpcPort jobManager = asPort(network.join(Link.JOBMANAGER_TASKMANAGERS));
        List<RpcPort> taskManagers = new ArrayList<>();
        for (int i = 0; i < TASK_MANAGERS; i++) {
            taskManagers.add(asPort(network.join(Link.JOBMANAGER_TASKMANAGERS)));
        }
        return new RpcPorts(jobManager, taskManagers);
    }

    private static RpcPort asPort(Network.Passage passage) {
        return new RpcPort(passage.bound(), passage.entrance());
    }

    private List<String> jobSettings(Network.Passage kafkaPassage) {
        ClickHouseAddress throughTheNetwork = new ClickHouseAddress(
                URI.create("http://127.0.0.1:" + clickHousePassage.entrance()),
                clickHouse.user(),
                Optional.of(clickHouse.passwordFile()));
        return LocalStack.jobSettings("127.0.0.1:" + kafkaPassage.entrance(), throughTheNetwork, data);
    }

    /** Starts Kafka at its ports, with what it had stored. */
    void startKafka() {
        kafka = KafkaProcess.start(data.resolve("kafka"), kafkaPort, doors, logs());
    }

    /** Starts ClickHouse at its port, with what it had stored. */
    void startClickHouse() {
        clickHouse = LocalClickHouse.start(data.resolve("clickhouse"), clickHousePassage.bound());
    }

    /** Starts the producer, which goes on where the last one has got to. */
    void startProducer() {
        producer = ChildJvm.start(
                "producer",
                List.of("-Xmx256m", "-XX:+UseSerialGC"),
                NumberedProducerMain.class,
                List.of(
                        "127.0.0.1:" + doors.get(0).advertised(),
                        Long.toString(settings.seed()),
                        Integer.toString(settings.perSecond())),
                logs());
    }

    /** As that to which faults happen. */
    Subject subject(Random random) {
        Faults faults = new Faults(this, random);
        return new Subject() {
            @Override
            public Optional<Fault> fault(FaultKind kind, Link link) {
                return faults.of(kind, link);
            }

            @Override
            public long published() throws InterruptedException {
                return NumberedProducerMain.committed(kafkaAddress());
            }

            @Override
            public long stored() {
                return sql().number("SELECT least((SELECT count() FROM service_requests),"
                        + " (SELECT sum(events) FROM golden_signals_partials))");
            }
        };
    }

    /** What is on its disks goes when they are taken away. */
    void discardDisks() {
        clickHouseDisk.ifPresent(SmallDisk::discard);
        checkpointDisk.ifPresent(SmallDisk::discard);
    }

    Network network() {
        return network;
    }

    KafkaProcess kafka() {
        return kafka;
    }

    LocalClickHouse clickHouse() {
        return clickHouse;
    }

    ClusterFlink flink() {
        return flink;
    }

    ChildJvm producer() {
        return producer;
    }

    /** ClickHouse's own disk, where this system and this user may have one. */
    Optional<SmallDisk> clickHouseDisk() {
        return clickHouseDisk;
    }

    /** The disk of the checkpoints, likewise. */
    Optional<SmallDisk> checkpointDisk() {
        return checkpointDisk;
    }

    /** Kafka by a way on which nothing happens. */
    String kafkaAddress() {
        return "127.0.0.1:" + kafkaPort;
    }

    /** ClickHouse by a way on which nothing happens. */
    ClickHouseAddress clickHouseAddress() {
        return new ClickHouseAddress(
                URI.create("http://127.0.0.1:" + clickHousePassage.bound()),
                clickHouse.user(),
                Optional.of(clickHouse.passwordFile()));
    }

    SqlClient sql() {
        return new SqlClient(clickHouseAddress());
    }

    private Path flinkDirectory() {
        return data.resolve("flink");
    }

    private Path logs() {
        return data.resolve("logs");
    }

    /** Stops everything, the last started first; each part gets its chance, whatever the others do. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) { // What AutoCloseable declares.
                LOG.error("A part of the pipeline did not stop in order", e);
            }
        }
    }
}
