package io.ag06.local.chaos;

import io.ag06.agent.publish.KafkaCluster;
import io.ag06.agent.publish.KafkaEnds;
import io.ag06.agent.publish.ServiceRecords;
import io.ag06.agent.spool.SpooledRecord;
import io.ag06.local.ChildJvm;
import io.ag06.schemas.Topics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes numbered requests in transactions, and with each the number that comes next: a successor begins where the
 * last committed transaction ended. Its clock can be told to be wrong ({@code clock SECONDS} on the standard input).
 */
public final class NumberedProducerMain {
    private static final Logger LOG = LoggerFactory.getLogger(NumberedProducerMain.class);
    private static final Duration TRANSACTION = Duration.ofMillis(200);
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(15);
    private static final int LONGEST_ANSWER_MILLIS = 10_000;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(300);

    private final KafkaEnds kafka;
    private final NumberedRequests requests;
    private final int perTransaction;
    private final ServiceRecords records = new ServiceRecords();
    private volatile Duration clockError = Duration.ZERO;
    private volatile boolean goesOn = true;

    private NumberedProducerMain(KafkaEnds kafka, NumberedRequests requests, int perSecond) {
        this.kafka = kafka;
        this.requests = requests;
        this.perTransaction = (int) Math.max(1, perSecond * TRANSACTION.toMillis() / 1000);
    }

    /** The number that the last committed transaction carried; one that is open now is not waited for. */
    static long committed(String bootstrapServers) throws InterruptedException {
        KafkaEnds ends = ends(bootstrapServers);
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                LONGEST_ANSWER_MILLIS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                LONGEST_ANSWER_MILLIS / 2))) {
            OffsetAndMetadata next = admin.listConsumerGroupOffsets(ends.group().groupId())
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(ends.positionPartition());
            return next == null ? 0 : next.offset();
        } catch (ExecutionException e) {
            throw new KafkaException("Kafka does not say how far the producer has come", e.getCause());
        }
    }

    private static KafkaEnds ends(String bootstrapServers) {
        return new KafkaCluster(bootstrapServers, "chaos", "numbers", Topics.SERVICE_REQUESTS, TRANSACTION_TIMEOUT);
    }

    /**
     * Publishes until the standard input ends.
     *
     * @param arguments {@code host:port} of Kafka, seed of the requests, requests a second
     */
    public static void main(String[] arguments) throws Exception {
        NumberedProducerMain producer = new NumberedProducerMain(
                ends(arguments[0]), new NumberedRequests(Long.parseLong(arguments[1])), Integer.parseInt(arguments[2]));
        Thread publishing = new Thread(producer::publish, "publish");
        publishing.start();
        System.out.println(ChildJvm.READY);
        producer.obey();
        publishing.join();
    }

    private void obey() throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            clockError = Duration.ofSeconds(Long.parseLong(order.replaceFirst("^clock ", "")));
            LOG.info("The clock is wrong by {} from now on", clockError);
        }
        goesOn = false;
    }

    private void publish() {
        while (goesOn) {
            Producer<byte[], byte[]> producer = kafka.producer();
            try {
                producer.initTransactions();
                publish(producer, kafka.committedPosition().orElse(0));
            } catch (KafkaException e) {
                LOG.warn("Kafka is away; where to go on is asked of it when it is back: {}", e.toString());
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } finally {
                producer.close(Duration.ZERO); // What it still holds is made again from its number.
            }
        }
    }

    private void publish(Producer<byte[], byte[]> producer, long first) {
        LOG.info("Publishing from number {} on", first);
        long next = first;
        while (goesOn) {
            long begun = System.nanoTime();
            producer.beginTransaction();
            for (int i = 0; i < perTransaction; i++) {
                SpooledRecord request =
                        records.record(requests.at(next++, Instant.now().plus(clockError)));
                // A send that fails makes the commit fail, with its cause.
                var unused = producer.send(new ProducerRecord<>(
                        request.topic(), request.key().getBytes(StandardCharsets.UTF_8), request.value()));
            }
            producer.sendOffsetsToTransaction(
                    Map.of(kafka.positionPartition(), new OffsetAndMetadata(next)), kafka.group());
            producer.commitTransaction();
            LockSupport.parkNanos(TRANSACTION.toNanos() - (System.nanoTime() - begun));
        }
    }
}
