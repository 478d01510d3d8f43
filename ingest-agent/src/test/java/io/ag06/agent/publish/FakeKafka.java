package io.ag06.agent.publish;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka's end of the protocol, with failures on order; keeps what was committed by all of its producers. */
final class FakeKafka implements KafkaEnds {
    private static final TopicPartition POSITION = new TopicPartition("ag06.audio-frames", 0);

    private final List<Scripted> producers = Collections.synchronizedList(new ArrayList<>());

    /** What goes wrong; each counts down to 0, where all is well. */
    final AtomicInteger unreachable = new AtomicInteger();

    final AtomicInteger failedSends = new AtomicInteger();
    final AtomicInteger commitsThatFail = new AtomicInteger();
    final AtomicInteger commitsWhoseAnswerIsLost = new AtomicInteger();
    volatile RuntimeException sendFailure = new KafkaException("the broker refused it");
    volatile Runnable beforeSendFails = () -> {};

    @Override
    public Producer<byte[], byte[]> producer() {
        var producer = new Scripted();
        producers.add(producer);
        return producer;
    }

    @Override
    public OptionalLong committedPosition() {
        return allProducers().stream()
                .flatMap(producer -> producer.consumerGroupOffsetsHistory().stream())
                .map(groups -> groups.get(group().groupId()).get(POSITION))
                .mapToLong(OffsetAndMetadata::offset)
                .max();
    }

    @Override
    @SuppressWarnings("removal")
    public ConsumerGroupMetadata group() {
        return new ConsumerGroupMetadata("group", -1, "", Optional.empty());
    }

    @Override
    public TopicPartition positionPartition() {
        return POSITION;
    }

    /** The keys of all committed records, in their order. */
    List<String> committedKeys() {
        return allProducers().stream()
                .flatMap(producer -> producer.history().stream())
                .map(record -> new String(record.key(), StandardCharsets.UTF_8))
                .toList();
    }

    int producersMade() {
        return producers.size();
    }

    private static boolean due(AtomicInteger failures) {
        return failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    private List<Scripted> allProducers() {
        synchronized (producers) {
            return List.copyOf(producers);
        }
    }

    private final class Scripted extends MockProducer<byte[], byte[]> {
        Scripted() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public void initTransactions() {
            if (due(unreachable)) {
                throw new TimeoutException("no broker answers");
            }
            super.initTransactions();
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
            if (due(failedSends)) {
                beforeSendFails.run();
                throw sendFailure;
            }
            return super.send(record);
        }

        @Override
        public void commitTransaction() {
            if (due(commitsThatFail)) {
                throw new TimeoutException("no answer to the commit, which did not arrive");
            }
            super.commitTransaction();
            if (due(commitsWhoseAnswerIsLost)) {
                throw new TimeoutException("no answer to the commit, which did arrive");
            }
        }
    }
}
