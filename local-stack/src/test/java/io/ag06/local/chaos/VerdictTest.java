package io.ag06.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ag06.local.StackException;
import io.ag06.local.reconcile.ReconciliationReport;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A question without an answer is a finding of its own, and keeps no other from being asked. */
class VerdictTest {
    private static final long EVENTS = 100;

    private final Tables tables = new Tables();

    @AfterEach
    void nobodyIsInterrupted() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void everyQuestionIsAnswered() throws InterruptedException {
        Verdict verdict = Verdict.of(tables, EVENTS, new CyclesTest.Silent());

        assertThat(verdict.numbered()).hasValue(new Evidence.Numbered(98, 97));
        assertThat(verdict.differingRows()).hasValue(2L);
        assertThat(verdict.deadLetters()).hasValue(3L);
        assertThat(verdict.reconciliation()).isPresent();
        assertThat(verdict.notJudged()).isEmpty();
    }

    @Test
    void aComparisonThatCanNotBeMadeIsSaidAndTheLossCountedAllTheSame() throws InterruptedException {
        tables.undisturbed = Optional.of(new StackException("the undisturbed run has not come to its end"));

        Verdict verdict = Verdict.of(tables, EVENTS, new CyclesTest.Silent());

        assertThat(verdict.numbered()).isPresent();
        assertThat(verdict.deadLetters()).isPresent();
        assertThat(verdict.differingRows()).isEmpty();
        assertThat(verdict.notJudged()).containsExactly("differing_rows: the undisturbed run has not come to its end");
    }

    @Test
    void whoInterruptsWantsNoVerdict() {
        tables.undisturbed = Optional.of(new InterruptedException("by hand"));

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> Verdict.of(tables, EVENTS, new CyclesTest.Silent()));
    }

    @Test
    void soDoesWhoInterruptsAPartThatCanNotSaySo() {
        tables.undisturbed = Optional.of(new StackException("Interrupted while waiting for Flink"));
        tables.interrupts = true;

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> Verdict.of(tables, EVENTS, new CyclesTest.Silent()));
    }

    private static final class Tables implements Evidence {
        private Optional<Exception> undisturbed = Optional.empty();
        private boolean interrupts;

        @Override
        public Numbered numbered(long events) {
            return new Numbered(98, 97);
        }

        @Override
        public ReconciliationReport reconciliation() {
            return new ReconciliationReport(List.of(), List.of());
        }

        @Override
        public long differingRows(long events) throws Exception {
            if (interrupts) {
                Thread.currentThread().interrupt();
            }
            if (undisturbed.isPresent()) {
                throw undisturbed.get();
            }
            return 2;
        }

        @Override
        public long deadLetters() {
            return 3;
        }
    }
}
