package io.ag06.local.chaos;

import java.util.Optional;

/** To which faults happen: takes requests in, and shows them in its tables. */
interface Subject {
    /**
     * A fault of this kind.
     *
     * @param link which two it is about, where it is about two
     * @return empty where it can't be had on this system
     */
    Optional<Fault> fault(FaultKind kind, Link link);

    /**
     * How many requests Kafka has at least.
     *
     * @throws org.apache.kafka.common.KafkaException while Kafka is away
     */
    long published() throws InterruptedException;

    /**
     * How many can be read, in the raw table and in the sums.
     *
     * @throws io.ag06.local.StackException while ClickHouse is away
     */
    long stored();
}
