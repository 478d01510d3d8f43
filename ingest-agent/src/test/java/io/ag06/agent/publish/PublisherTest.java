package io.ag06.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ag06.agent.spool.Spool;
import io.ag06.agent.spool.SpoolSettings;
import io.ag06.agent.spool.SpooledRecord;
import io.ag06.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublisherTest {
    private static final PublisherSettings QUICK = new PublisherSettings(
            Duration.ofMillis(5), 4, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(15));

    @TempDir
    private Path folder;

    private final FakeKafka kafka = new FakeKafka();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
    private Spool spool;
    private Publisher publisher;

    @BeforeEach
    void open() throws Exception {
        spool = Spool.open(folder, SpoolSettings.DEFAULT);
        publisher = new Publisher("studio-1", spool, kafka, QUICK, now::get);
    }

    @AfterEach
    void close() throws Exception {
        publisher.close();
        spool.close();
    }

    @Test
    void publishesEachRecordOnceAndThePositionWithIt() throws Exception {
        put(0, 10);
        publisher.start();
        awaitCommitted(10);
        put(10, 12);
        awaitCommitted(12);
        assertThat(kafka.committedPosition()).hasValue(12);
        assertThat(kafka.producersMade()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(publisher.published()).containsEntry(Topics.AUDIO_FRAMES, 12L));
        assertThat(publisher.published()).containsEntry(Topics.SERVICE_REQUESTS, 0L);
        await().until(() -> spool.level().records() == 0);
    }

    @Test
    void abortsAndSendsAgainWhatTheBrokerRefused() throws Exception {
        kafka.failedSends.set(2);
        put(0, 10);
        publisher.start();
        awaitCommitted(10);
        assertThat(kafka.producersMade()).isEqualTo(1);
    }

    @Test
    void sendsAgainWhenTheCommitHadNotArrived() throws Exception {
        kafka.commitsThatFail.set(3);
        put(0, 10);
        publisher.start();
        awaitCommitted(10);
        assertThat(kafka.producersMade()).isEqualTo(4);
        await().untilAsserted(() -> assertThat(publisher.published()).containsEntry(Topics.AUDIO_FRAMES, 10L));
    }

    @Test
    void doesNotSendAgainWhenOnlyTheAnswerToTheCommitWasLost() throws Exception {
        kafka.commitsWhoseAnswerIsLost.set(2);
        put(0, 10);
        publisher.start();
        awaitCommitted(10);
        assertThat(kafka.producersMade()).isEqualTo(3);
        await().untilAsserted(() -> assertThat(publisher.published()).containsEntry(Topics.AUDIO_FRAMES, 10L));
    }

    @Test
    void waitsWhileKafkaIsAwayAndSaysWhy() throws Exception {
        kafka.unreachable.set(Integer.MAX_VALUE);
        put(0, 3);
        publisher.start();
        await().untilAsserted(
                        () -> assertThat(publisher.failure().orElseThrow()).contains("no broker answers"));
        assertThat(spool.level().records()).isEqualTo(3);

        kafka.unreachable.set(0);
        awaitCommitted(3);
        await().until(() -> publisher.failure().isEmpty());
    }

    @Test
    void stopsInOneLineWhenAnotherAgentTookItsName() throws Exception {
        kafka.sendFailure = new KafkaException("in an error state", new ProducerFencedException("a newer producer"));
        kafka.failedSends.set(1);
        put(0, 3);
        publisher.start();
        assertThatThrownBy(() -> publisher.ended().get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(FencedException.class)
                .hasMessageStartingWith("another agent publishes as studio-1: this one stops");
        assertThat(kafka.committedKeys()).isEmpty();
        assertThat(spool.level().records()).isEqualTo(3);
    }

    @Test
    void goesOnWhenItsTransactionTimedOutWhileTheMachineSlept() throws Exception {
        kafka.sendFailure = new ProducerFencedException("the transaction timed out");
        kafka.beforeSendFails = () -> now.updateAndGet(before -> before.plusSeconds(3_600));
        kafka.failedSends.set(1);
        put(0, 3);
        publisher.start();
        awaitCommitted(3);
    }

    @Test
    void goesOnFromKafkasPositionWhereTheFolderForgotIt() throws Exception {
        put(0, 6);
        publisher.start();
        awaitCommitted(6);
        await().until(() -> spool.level().records() == 0);
        publisher.close();
        spool.close();
        Files.delete(folder.resolve("acknowledged"));

        open();
        put(6, 8);
        publisher.start();
        awaitCommitted(8);
    }

    @Test
    void publishesWhatItHasBeforeItStops() throws Exception {
        put(0, 50);
        publisher.start();
        publisher.stop(Duration.ofSeconds(10));
        assertThat(kafka.committedKeys()).isEqualTo(keys(50));
    }

    @Test
    void keepsWhatItCantPublishInTimeForTheNextStart() throws Exception {
        kafka.unreachable.set(Integer.MAX_VALUE);
        put(0, 3);
        publisher.start();
        publisher.stop(Duration.ofMillis(10));
        assertThat(publisher.ended()).isCompleted();

        kafka.unreachable.set(0);
        publisher = new Publisher("studio-1", spool, kafka, QUICK, now::get);
        publisher.start();
        awaitCommitted(3);
    }

    private void awaitCommitted(int count) {
        await().untilAsserted(() -> assertThat(kafka.committedKeys()).isEqualTo(keys(count)));
    }

    private void put(int from, int to) throws InterruptedException {
        for (int i = from; i < to; i++) {
            spool.put(new SpooledRecord(Topics.AUDIO_FRAMES.name(), "key-" + i, new byte[] {1, 2, 3}));
        }
    }

    private static List<String> keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "key-" + i).toList();
    }
}
