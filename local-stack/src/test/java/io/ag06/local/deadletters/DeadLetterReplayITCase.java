package io.ag06.local.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ag06.local.LocalStack;
import io.ag06.local.StackException;
import io.ag06.local.StackExtension;
import io.ag06.local.TestProducer;
import io.ag06.local.reconcile.Reconciliation;
import io.ag06.local.reconcile.ReconciliationProgress;
import io.ag06.local.reconcile.ReconciliationReport;
import io.ag06.local.reconcile.ReconciliationSettings;
import io.ag06.pipeline.sink.clickhouse.BlockReplay;
import io.ag06.schemas.Examples;
import io.ag06.schemas.ServiceMetrics;
import io.ag06.schemas.ServiceRequest;
import io.ag06.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What could not be taken in is sent again, and lands once. */
@ExtendWith(StackExtension.class)
class DeadLetterReplayITCase {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How far an event may lie ahead, unless a setting says otherwise. */
    private static final Duration FURTHEST_AHEAD = Duration.ofHours(1);

    @Test
    void aRequestFromTooFarAheadIsReplayedWhenItsTimeHasComeAndLandsOnce(LocalStack stack) {
        DeadLetters letters = new DeadLetters(stack.sql());
        Letter letter = letterOf(stack, "replay-once", Duration.ofSeconds(3));
        assertThat(letter.stage()).isEqualTo("rules");
        assertThat(letter.error()).contains("after Kafka appended the record");
        JsonNode record = RecordText.of(
                        letter.topic(), letters.originals(List.of(letter)).get(letter.id()))
                .json()
                .orElseThrow();
        assertThat(record.get("event_id").asText()).isEqualTo("replay-once");
        Instant due = Instant.parse(record.get("event_time").asText()).minus(FURTHEST_AHEAD);
        await().atMost(PATIENCE).until(() -> Instant.now().isAfter(due));

        LetterReplayer.Outcome first = replay(stack, letter, false);

        assertThat(first.sent()).isTrue();
        assertThat(first.replay().partition()).isEqualTo(letter.partition());
        awaitRows(stack, "replay-once", 1);
        awaitNumber(stack, "SELECT sum(events) FROM golden_signals WHERE entity_id = 'replay-once'", 1);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(letters.find(letter.id()).orElseThrow().replay())
                                .contains(first.replay()));

        LetterReplayer.Outcome second = replay(stack, letter, false);

        assertThat(second.sent()).isFalse();
        assertThat(second.replay()).isEqualTo(first.replay());
        assertThat(replay(stack, letter, true).sent()).isTrue();
        awaitRows(stack, "replay-once", 2); // Asked for once more; the one in between left nothing.
    }

    @Test
    void aReplayThatIsKilledBeforeItsCommitLeavesNothing(LocalStack stack) throws Exception {
        Letter letter = letterOf(stack, "replay-killed", Duration.ofDays(1));
        CountDownLatch sent = new CountDownLatch(1);
        CountDownLatch successorIsDone = new CountDownLatch(1);
        FutureTask<List<LetterReplayer.Outcome>> killed = new FutureTask<>(() -> {
            List<LetterReplayer.Outcome> outcomes = new ArrayList<>();
            try (LetterReplayer replayer =
                    LetterReplayer.open(stack.kafka().bootstrapServers(), new DeadLetters(stack.sql()), () -> {
                        sent.countDown();
                        awaitQuietly(successorIsDone);
                    })) {
                replayer.replay(List.of(letter), false, outcomes::add);
            }
            return outcomes;
        });
        new Thread(killed, "killed replay").start();
        assertThat(sent.await(60, TimeUnit.SECONDS)).isTrue();

        LetterReplayer.Outcome outcome = replay(stack, letter, false);
        successorIsDone.countDown();

        assertThat(outcome.sent()).isTrue();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> killed.get(60, TimeUnit.SECONDS))
                .withCauseInstanceOf(StackException.class)
                .withMessageContaining("Another replay has begun");
        // Its time has not come: what landed is refused again, and there is one such letter more.
        awaitNumber(stack, "SELECT count() " + lettersOf("replay-killed"), 2);
        assertThat(replay(stack, letter, false).replay()).isEqualTo(outcome.replay());
    }

    @Test
    void everyLetterOfAKindIsReplayedAndWhatIsRefusedAgainIsNotChased(LocalStack stack) {
        Instant begin = Instant.now().minusMillis(1);
        ServiceMetrics wrong = Examples.of(ServiceMetrics.class, "ordinary");
        wrong.setService("replay-all");
        wrong.setReplicas(-1);
        try (TestProducer producer = new TestProducer(stack)) {
            producer.send(Topics.SERVICE_METRICS, ServiceMetrics.class, List.of(wrong, wrong, wrong));
        }
        LetterFilter filter =
                new LetterFilter(Optional.of(Topics.SERVICE_METRICS), Optional.of("rules"), Optional.of(begin));
        DeadLetters letters = new DeadLetters(stack.sql());
        awaitLetters(letters, filter, 3);
        List<LetterReplayer.Outcome> outcomes = new ArrayList<>();

        try (LetterReplayer replayer = LetterReplayer.open(stack.kafka().bootstrapServers(), letters)) {
            replayer.replayAll(filter, false, outcomes::add);
        }

        assertThat(outcomes).hasSize(3).allMatch(LetterReplayer.Outcome::sent);
        awaitLetters(letters, filter, 6); // As wrong as before: letters of their own.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(letters.counts(filter))
                        .singleElement()
                        .satisfies(count -> {
                            assertThat(count.reason()).isEqualTo("replicas is …; at least … is allowed");
                            assertThat(count.replayed()).isEqualTo(3);
                        }));
    }

    @Test
    void aBlockThatClickHouseRefusesExplainsWhatIsMissingAndIsStoredOnceWhenItIsReplayed(LocalStack stack)
            throws Exception {
        int loads = 50;
        run(stack, "ALTER TABLE service_metrics ADD CONSTRAINT not_this CHECK service != 'replay-block'");
        try (TestProducer producer = new TestProducer(stack)) {
            producer.send(
                    Topics.SERVICE_METRICS,
                    ServiceMetrics.class,
                    IntStream.range(0, loads)
                            .mapToObj(i -> ServiceMetrics.newBuilder(Examples.of(ServiceMetrics.class, "ordinary"))
                                    .setService("replay-block")
                                    .setEventTime(Instant.now().truncatedTo(ChronoUnit.MICROS))
                                    .build())
                            .toList());
        }
        RejectedBlocks blocks = new RejectedBlocks(stack.sql());
        await().atMost(PATIENCE).until(() -> !refused(blocks).isEmpty());

        // A block is sent a moment before the position behind it is committed.
        ReconciliationReport broken =
                await().atMost(PATIENCE).until(() -> reconciled(stack), report -> report.missing() == loads);

        assertThat(broken.rejectedBlocks())
                .containsExactlyInAnyOrderElementsOf(
                        refused(blocks).stream().map(RefusedBlock::block).toList());
        assertThat(blocks.firstRows(refused(blocks).get(0), 1))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("service", "replay-block"));

        try (BlockReplays replays = new BlockReplays(stack.clickHouse())) {
            RefusedBlock block = refused(blocks).get(0);
            assertThatExceptionOfType(StackException.class)
                    .isThrownBy(() -> replays.replay(block))
                    .withMessageContaining(block.block() + " is refused again")
                    .withMessageContaining("not_this");
            run(stack, "ALTER TABLE service_metrics DROP CONSTRAINT not_this");
            for (RefusedBlock each : refused(blocks)) {
                assertThat(replays.replay(each)).isEqualTo(BlockReplay.Outcome.STORED);
                assertThat(replays.replay(each)).isEqualTo(BlockReplay.Outcome.WAS_STORED);
            }
        }

        assertThat(refused(blocks)).isNotEmpty().allMatch(RefusedBlock::stored);
        awaitNumber(stack, "SELECT count() FROM service_metrics WHERE service = 'replay-block'", loads);
        assertThat(reconciled(stack).verdict()).startsWith("Nothing is missing and nothing is doubled");
    }

    private static ReconciliationReport reconciled(LocalStack stack) throws InterruptedException {
        return Reconciliation.run(
                ReconciliationSettings.of(stack.kafka().bootstrapServers(), stack.clickHouse()),
                ReconciliationProgress.SILENT);
    }

    private static List<RefusedBlock> refused(RejectedBlocks blocks) {
        return blocks.matching(LetterFilter.ALL).stream()
                .filter(block -> block.table().equals("service_metrics"))
                .toList();
    }

    /**
     * Sends a request that is refused since it lies ahead by more than is allowed.
     *
     * @param tooFar by how much more, which is when its time has come
     */
    private static Letter letterOf(LocalStack stack, String service, Duration tooFar) {
        try (TestProducer producer = new TestProducer(stack)) {
            ServiceRequest request = ServiceRequest.newBuilder(Examples.of(ServiceRequest.class, "ordinary"))
                    .setEventId(service)
                    .setService(service)
                    .setEventTime(
                            Instant.now().plus(FURTHEST_AHEAD).plus(tooFar).truncatedTo(ChronoUnit.MICROS))
                    .build();
            producer.send(Topics.SERVICE_REQUESTS, ServiceRequest.class, List.of(request));
        }
        awaitNumber(stack, "SELECT count() " + lettersOf(service), 1);
        JsonNode row = stack.sql()
                .rows("SELECT kafka_topic, kafka_partition, kafka_offset " + lettersOf(service))
                .get(0);
        LetterId id = new LetterId(
                row.get("kafka_topic").asText(),
                row.get("kafka_partition").asInt(),
                row.get("kafka_offset").asLong());
        return new DeadLetters(stack.sql()).find(id).orElseThrow();
    }

    private static String lettersOf(String service) {
        return "FROM dead_letters WHERE position(original, '%s') > 0".formatted(service);
    }

    private static LetterReplayer.Outcome replay(LocalStack stack, Letter letter, boolean again) {
        List<LetterReplayer.Outcome> outcomes = new ArrayList<>();
        try (LetterReplayer replayer =
                LetterReplayer.open(stack.kafka().bootstrapServers(), new DeadLetters(stack.sql()))) {
            replayer.replay(List.of(letter, letter), again, outcomes::add); // Named twice, it is one.
        }
        assertThat(outcomes).hasSize(1);
        return outcomes.get(0);
    }

    private static void awaitLetters(DeadLetters letters, LetterFilter filter, long count) {
        await().atMost(PATIENCE)
                .until(() -> letters.counts(filter).stream()
                                .mapToLong(LetterCount::letters)
                                .sum()
                        == count);
    }

    private static void awaitRows(LocalStack stack, String service, long rows) {
        awaitNumber(stack, "SELECT count() FROM service_requests WHERE service = '%s'".formatted(service), rows);
    }

    private static void awaitNumber(LocalStack stack, String query, long number) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stack.sql().number(query)).isEqualTo(number));
    }

    private static void run(LocalStack stack, String statement) throws Exception {
        try (var answer = stack.sql().query(statement, "TabSeparated")) {
            answer.readAllBytes();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
