package io.ag06.agent.publish;

import static java.util.Objects.requireNonNull;

import io.ag06.agent.spool.SpoolReader;
import io.ag06.agent.spool.SpooledRecord;
import io.ag06.schemas.Topic;
import io.ag06.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transaction after the other: records of the spool, and in the same transaction the position behind them. So a
 * position is committed exactly if its records are, and whoever comes next, this agent or its successor after a kill,
 * asks Kafka for the position and goes on from there.
 *
 * <p>What to do after a failure follows from when it happened. Before the commit was asked for: abort, read the same
 * records again. After that nobody but Kafka knows the outcome: a new producer makes Kafka finish what is open, then
 * the committed position tells. Used by one thread, except {@link #published}.
 */
final class TransactionLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionLoop.class);

    private final String name;
    private final SpoolReader spool;
    private final KafkaEnds kafka;
    private final PublisherSettings settings;
    private final InstantSource time;
    private final Map<String, Long> published = new ConcurrentHashMap<>();
    private final Map<String, Long> inTransaction = new HashMap<>();
    private Producer<byte[], byte[]> producer;
    private Instant begun;

    TransactionLoop(String name, SpoolReader spool, KafkaEnds kafka, PublisherSettings settings, InstantSource time) {
        this.name = requireNonNull(name, "name");
        this.spool = requireNonNull(spool, "spool");
        this.kafka = requireNonNull(kafka, "kafka");
        this.settings = requireNonNull(settings, "settings");
        this.time = requireNonNull(time, "time");
    }

    /** Records committed so far, by topic. */
    Map<Topic, Long> published() {
        var byTopic = new LinkedHashMap<Topic, Long>();
        for (var topic : Topics.all()) {
            byTopic.put(topic, published.getOrDefault(topic.name(), 0L));
        }
        return byTopic;
    }

    /** Waits until there is something to publish; false where there is nothing within the time. */
    boolean await(Duration atMost) throws InterruptedException {
        return spool.await(atMost);
    }

    /**
     * Publishes what is in the spool, and what comes within the interval, in one transaction.
     *
     * @throws FencedException where another live agent publishes under the same name
     */
    void publish() throws IOException, InterruptedException {
        if (producer == null) {
            connect();
        }
        boolean asked = false;
        try {
            begun = time.instant();
            producer.beginTransaction();
            send();
            if (!inTransaction.isEmpty()) {
                producer.sendOffsetsToTransaction(
                        Map.of(kafka.positionPartition(), new OffsetAndMetadata(spool.position())), kafka.group());
            }
            asked = true;
            producer.commitTransaction();
            committed();
        } catch (IOException | InterruptedException | RuntimeException e) {
            refuseToFence(e);
            if (asked) {
                disconnect();
            } else {
                abort();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        disconnect();
        try {
            spool.close();
        } catch (IOException e) {
            throw new UncheckedIOException("can't close the spool's reader", e);
        }
    }

    private void connect() throws IOException, InterruptedException {
        var candidate = kafka.producer();
        try {
            // Fences whoever published under this name, and makes Kafka finish the transaction they left open.
            candidate.initTransactions();
            resume();
        } catch (IOException | InterruptedException | RuntimeException e) {
            candidate.close(Duration.ZERO);
            throw e;
        }
        producer = candidate;
    }

    private void resume() throws IOException, InterruptedException {
        long behind = spool.position();
        var position = kafka.committedPosition();
        if (position.isPresent() && position.getAsLong() == behind && behind > spool.acknowledged()) {
            // The commit whose outcome was unknown had succeeded.
            committed();
        } else {
            spool.resumeAt(position.orElse(0));
            inTransaction.clear();
        }
    }

    private void send() throws IOException, InterruptedException {
        inTransaction.clear();
        spool.rewind();
        long until = System.nanoTime() + settings.transactionInterval().toNanos();
        int sent = 0;
        do {
            for (var record : spool.next(settings.transactionRecords() - sent)) {
                // A send that fails makes the commit fail, with its cause.
                var unused = producer.send(message(record));
                inTransaction.merge(record.topic(), 1L, Long::sum);
                sent++;
            }
        } while (sent < settings.transactionRecords()
                && spool.await(Duration.ofNanos(Math.max(0, until - System.nanoTime()))));
    }

    private void committed() throws IOException {
        inTransaction.forEach((topic, count) -> published.merge(topic, count, Long::sum));
        inTransaction.clear();
        spool.acknowledge();
    }

    private void abort() {
        try {
            producer.abortTransaction();
            spool.rewind();
        } catch (RuntimeException e) {
            refuseToFence(e);
            LOG.debug("can't abort; a new producer will have Kafka do it", e);
            disconnect();
        }
    }

    private void disconnect() {
        if (producer != null) {
            // Without waiting: whatever it still holds is read from the spool again.
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    /**
     * A producer loses its right to publish to another one of its name, or because its transaction outlived the
     * timeout, as after a suspended machine wakes up. Only the second is a reason to go on.
     */
    private void refuseToFence(Throwable failure) {
        boolean lostItsRight = false;
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            lostItsRight |= cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException;
        }
        boolean inTime = time.instant().isBefore(begun.plus(settings.transactionTimeout()));
        if (lostItsRight && inTime) {
            throw new FencedException(name, failure);
        }
    }

    private static ProducerRecord<byte[], byte[]> message(SpooledRecord record) {
        return new ProducerRecord<>(record.topic(), record.key().getBytes(StandardCharsets.UTF_8), record.value());
    }
}
