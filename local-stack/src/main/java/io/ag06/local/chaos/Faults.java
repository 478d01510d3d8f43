package io.ag06.local.chaos;

import io.ag06.local.chaos.TcpProxy.Traffic;
import java.util.Optional;
import java.util.Random;

/** Makes the faults of a pipeline. */
final class Faults {
    /**
     * Further ahead or behind than any lateness that somebody could have thought of, and still believed by the rules.
     */
    private static final int FURTHEST_CLOCK_SECONDS = 1_800;

    /** An insert of a few thousand rows takes about as long. */
    private static final int LONGEST_INTO_INSERT_MILLIS = 40;

    private final Pipeline pipeline;
    private final Random random;

    Faults(Pipeline pipeline, Random random) {
        this.pipeline = pipeline;
        this.random = random;
    }

    /**
     * A fault of this kind.
     *
     * @param link which two it is about, where it is about two
     * @return empty where it can't be had on this system
     */
    Optional<Fault> of(FaultKind kind, Link link) {
        return switch (kind) {
            case KILL_TASKMANAGER -> {
                var victim = pipeline.flink().cluster().taskManagers().get(random.nextInt(2));
                yield Optional.of(new Kill("of " + victim.name(), victim::kill, Kill.SUPERVISED));
            }
            case KILL_JOBMANAGER ->
                Optional.of(new Kill(
                        "of the jobmanager",
                        () -> pipeline.flink().cluster().jobManager().kill(),
                        Kill.SUPERVISED));
            case KILL_KAFKA ->
                Optional.of(new Kill("of the broker", () -> pipeline.kafka().kill(), pipeline::startKafka));
            case KILL_PRODUCER ->
                Optional.of(
                        new Kill("of the producer", () -> pipeline.producer().kill(), pipeline::startProducer));
            case KILL_CLICKHOUSE_DURING_INSERT ->
                Optional.of(new KillAtInsert(
                        pipeline, InsertTrap.Moment.DURING_INSERT, random.nextInt(LONGEST_INTO_INSERT_MILLIS)));
            case KILL_CLICKHOUSE_BEFORE_ANSWER ->
                Optional.of(new KillAtInsert(pipeline, InsertTrap.Moment.BEFORE_ANSWER, 0));
            case NETWORK_CUT ->
                Optional.of(
                        new BadNetwork(pipeline.network(), link, random.nextBoolean() ? Traffic.BROKEN : Traffic.HELD));
            case NETWORK_SLOW -> Optional.of(new BadNetwork(pipeline.network(), link, Traffic.SLOW));
            case FULL_DISK_CLICKHOUSE -> pipeline.clickHouseDisk().map(disk -> new FullDisk("of clickhouse", disk));
            case FULL_DISK_CHECKPOINTS ->
                pipeline.checkpointDisk().map(disk -> new FullDisk("of the checkpoints", disk));
            case CLOCK_STEP ->
                Optional.of(new ClockStep(
                        pipeline.producer(), random.nextInt(2 * FURTHEST_CLOCK_SECONDS) - FURTHEST_CLOCK_SECONDS));
            case POISON_RECORD -> Optional.of(new Poison(pipeline.kafkaAddress()));
        };
    }
}
