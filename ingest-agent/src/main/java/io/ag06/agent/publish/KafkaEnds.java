package io.ag06.agent.publish;

import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/** What the publisher needs of Kafka: a port, so that its protocol can be tested without a broker. */
public interface KafkaEnds {
    /** A new transactional producer, not yet initialised; each call makes another one. */
    Producer<byte[], byte[]> producer();

    /**
     * The position that the last committed transaction carried. Asked after {@code initTransactions}, when no earlier
     * transaction is open any more.
     *
     * @return empty where none was ever committed, or Kafka has forgotten it
     * @throws InterruptedException where the thread was interrupted while it waited
     */
    OptionalLong committedPosition() throws InterruptedException;

    /** The group whose offset the spool's position is. */
    ConsumerGroupMetadata group();

    /** The partition under which the group keeps it. */
    TopicPartition positionPartition();
}
