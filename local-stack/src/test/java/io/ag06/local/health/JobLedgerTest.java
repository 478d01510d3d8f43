package io.ag06.local.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.analytics.health.JobMinute.Sink;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobLedgerTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration FRESH = Duration.ofSeconds(15);

    private final JobLedger ledger = new JobLedger(FRESH);

    @Test
    void aMinuteIsWhatWasCountedBetweenItsEnds() {
        read(-2, "a", 1_000);
        ledger.beginMinute(START);
        read(30, "a", 1_500);
        read(58, "a", 2_000);

        assertThat(ledger.work(at(60)).recordsIn()).hasValue(1_000);
    }

    @Test
    void theNextMinuteBeginsWhereThisOneEnded() {
        read(-2, "a", 1_000);
        ledger.beginMinute(START);
        read(58, "a", 2_000);
        ledger.beginMinute(at(60));
        read(118, "a", 2_100);

        assertThat(ledger.work(at(120)).recordsIn()).hasValue(100);
    }

    @Test
    void aMinuteThatNobodySawBeginIsNotKnown() {
        ledger.beginMinute(START);
        read(30, "a", 1_000);
        read(58, "a", 2_000);

        assertThat(ledger.work(at(60)).recordsIn()).isEmpty();
    }

    @Test
    void aMinuteThatNobodySawEndIsNotKnown() {
        read(-2, "a", 1_000);
        ledger.beginMinute(START);
        read(30, "a", 1_500);

        assertThat(ledger.work(at(60)).recordsIn()).isEmpty();
        assertThat(ledger.newestAt(at(60))).isEmpty();
    }

    @Test
    void whatCameWhileFlinkDidNotAnswerBelongsToNoMinute() {
        read(-2, "a", 1_000);
        ledger.beginMinute(START);
        ledger.beginMinute(at(60));
        ledger.beginMinute(at(120));
        read(150, "a", 9_000);
        read(178, "a", 9_100);

        assertThat(ledger.work(at(180)).recordsIn()).isEmpty();

        ledger.beginMinute(at(180));
        read(238, "a", 9_150);

        assertThat(ledger.work(at(240)).recordsIn()).hasValue(50);
        assertThat(ledger.total(JobCounter.RECORDS_IN)).hasValue(8_150);
    }

    @Test
    void aJobThatIsSubmittedUnderOurEyesCountsFromItsFirstRecord() {
        ledger.add(at(-2), JobReading.absent("job"));
        ledger.beginMinute(START);
        ledger.add(at(10), reading("a", Map.of(), Optional.empty())); // Its tasks show nothing yet.
        read(20, "a", 300);
        read(58, "a", 700);

        assertThat(ledger.work(at(60)).recordsIn()).hasValue(700);
    }

    @Test
    void aJobThatStartsAnewCountsOnAfterWhatItHadCounted() {
        read(-2, "a", 1_000);
        ledger.beginMinute(START);
        read(20, "a", 1_400);
        read(30, "a", 50); // Its tasks were restarted.
        read(40, "b", 70); // It was submitted again.
        read(58, "b", 90);

        assertThat(ledger.work(at(60)).recordsIn()).hasValue(400 + 50 + 90);
    }

    @Test
    void aCounterThatIsNeverShownIsNotZero() {
        read(-2, "a", 0);
        ledger.beginMinute(START);
        read(58, "a", 0);

        assertThat(ledger.work(at(60)).recordsIn()).hasValue(0);
        assertThat(ledger.work(at(60)).deadLetters()).isEmpty();
        assertThat(ledger.total(JobCounter.DEAD_LETTERS)).isEmpty();
    }

    @Test
    void theRateIsThatOfTheLastMinute() {
        read(0, "a", 0);
        read(30, "a", 600_000);
        read(60, "a", 600_600);
        read(90, "a", 601_200);

        assertThat(ledger.perSecond(JobCounter.RECORDS_IN, at(90)).orElseThrow())
                .isEqualTo(20);
        assertThat(ledger.perSecond(JobCounter.RECORDS_IN, at(120))).isEmpty();
    }

    @Test
    void theCircuitIsOpenWhileTheSinkWaits() {
        assertThat(JobLedger.circuit(reading("a", Map.of(), Optional.of(Duration.ZERO))))
                .hasValue(Sink.CLOSED);
        assertThat(JobLedger.circuit(reading("a", Map.of(), Optional.of(Duration.ofMillis(1)))))
                .hasValue(Sink.OPEN);
        assertThat(JobLedger.circuit(reading("a", Map.of(), Optional.empty()))).isEmpty();
        assertThat(JobLedger.circuit(JobReading.absent("job"))).isEmpty();
    }

    @Test
    void aCheckpointIsAsOldAsTheMinutesEndAndNeverFromTheFuture() {
        ledger.add(
                at(58),
                new JobReading(
                        "job",
                        Optional.of("a"),
                        "RUNNING",
                        true,
                        Map.of(),
                        Optional.empty(),
                        Optional.of(new JobReading.CompletedCheckpoint(at(57), Duration.ofMillis(9), 100))));

        assertThat(ledger.checkpoint(at(60)).ageUs()).hasValue(3_000_000);
        assertThat(ledger.checkpoint(at(60)).durationUs()).hasValue(9_000);
        assertThat(ledger.checkpoint(at(56)).ageUs()).hasValue(0);
        assertThat(ledger.checkpoint(at(180)).ageUs()).isEmpty();
    }

    private void read(int second, String run, long recordsIn) {
        ledger.add(at(second), reading(run, Map.of(JobCounter.RECORDS_IN, recordsIn), Optional.of(Duration.ZERO)));
    }

    private static JobReading reading(String run, Map<JobCounter, Long> counters, Optional<Duration> waiting) {
        return new JobReading("job", Optional.of(run), "RUNNING", true, counters, waiting, Optional.empty());
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }
}
