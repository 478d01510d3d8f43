package io.ag06.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ag06.local.StackException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a run finds when its pipeline recovers, is late, or never comes back. Time is the test's. */
class CyclesTest {
    private static final long EVENTS = 100;
    private static final int ASKED_FOR = 3;

    private final Clock clock = new Clock();
    private final Pipe pipe = new Pipe();
    private final FaultPlan plan = new FaultPlan(1);
    private final Cycles cycles = new Cycles(plan, pipe, new Patience(clock), new Silent());

    @Test
    void whatRecoversSoonIsNoFinding() throws InterruptedException {
        pipe.storedAfter = Duration.ofSeconds(5);

        cycles.run(ASKED_FOR);

        assertThat(cycles.done()).isEqualTo(ASKED_FOR);
        assertThat(cycles.faults()).hasSize(ASKED_FOR);
        assertThat(cycles.slow()).isEmpty();
        assertThat(cycles.unrecovered()).isEmpty();
        assertThat(cycles.recoveries().values())
                .allSatisfy(seconds -> assertThat(seconds)
                        .singleElement()
                        .satisfies(recovery -> assertThat(recovery).isBetween(5.0, 5.5)));
    }

    @Test
    void aCycleOfMoreThanAMinuteIsTooSlowThoughItRecovers() throws InterruptedException {
        pipe.storedAfter = Duration.ofSeconds(70);

        cycles.run(1);

        assertThat(cycles.unrecovered()).isEmpty();
        assertThat(cycles.slow()).singleElement().satisfies(slow -> {
            assertThat(slow.cycle()).isEqualTo(1);
            assertThat(slow.fault()).isEqualTo(plan.kindOf(0).word() + ", of a test");
            assertThat(slow.seconds())
                    .isEqualTo(cycles.longest().toMillis() / 1000.0)
                    .isGreaterThan(70);
        });
    }

    @Test
    void whatIsLostEndsTheCyclesAndNotTheRun() throws InterruptedException {
        pipe.lost = 1;

        cycles.run(ASKED_FOR);

        assertThat(cycles.done()).isEqualTo(1);
        assertThat(cycles.faults()).containsExactly(Map.entry(plan.kindOf(0).word(), 1));
        assertThat(cycles.recoveries()).isEmpty();
        assertThat(cycles.slow()).hasSize(1);
        assertThat(cycles.unrecovered())
                .singleElement()
                .asString()
                .startsWith("cycle 1 (" + plan.kindOf(0).word())
                .contains("of 100 events 99 can be read 180 s later");
    }

    @Test
    void aPartThatCanNotBeStartedAgainIsAFinding() throws InterruptedException {
        pipe.failure = Optional.of(new StackException("the process of kafka does not start"));

        cycles.run(ASKED_FOR);

        assertThat(cycles.done()).isEqualTo(1);
        assertThat(cycles.unrecovered()).singleElement().asString().endsWith("the process of kafka does not start");
    }

    @Test
    void aClickHouseThatIsAwayForGoodIsAFinding() throws InterruptedException {
        pipe.away = true;

        cycles.run(ASKED_FOR);

        assertThat(cycles.unrecovered()).singleElement().asString().contains("ClickHouse does not answer");
    }

    @Test
    void whoInterruptsWantsNoVerdict() {
        pipe.failure = Optional.of(new InterruptedException("by hand"));

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> cycles.run(ASKED_FOR));
    }

    @Test
    void aFaultThatCanNotBeHadIsNeitherAFaultNorAFailure() throws InterruptedException {
        pipe.none = true;

        cycles.run(1);

        assertThat(cycles.notRun()).containsExactly(plan.kindOf(0).word());
        assertThat(cycles.faults()).isEmpty();
        assertThat(cycles.unrecovered()).isEmpty();
    }

    private static final class Clock implements Patience.Time {
        private long now;

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void pause(Duration time) {
            now += time.toNanos();
        }
    }

    /** Has its events in Kafka, and stores them some time after a fault was mended. */
    private final class Pipe implements Subject, Fault {
        private Duration storedAfter = Duration.ZERO;
        private long lost;
        private boolean away;
        private boolean none;
        private Optional<Exception> failure = Optional.empty();
        private long mended;

        @Override
        public Optional<Fault> fault(FaultKind kind, Link link) {
            return none ? Optional.empty() : Optional.of(this);
        }

        @Override
        public long published() {
            return EVENTS;
        }

        @Override
        public long stored() {
            if (away) {
                throw new StackException("nobody answers");
            }
            return clock.now - mended < storedAfter.toNanos() ? 0 : EVENTS - lost;
        }

        @Override
        public String words() {
            return "of a test";
        }

        @Override
        public void strike() {
            // Nothing is broken but what this test says.
        }

        @Override
        public void mend() throws Exception {
            if (failure.isPresent()) {
                throw failure.get();
            }
            mended = clock.now;
        }
    }

    /** Tells nobody. */
    static final class Silent implements ChaosProgress {
        @Override
        public void starting(String part) {}

        @Override
        public void striking(int cycle, int count, String fault) {}

        @Override
        public void notRun(int cycle, int count, String kind) {}

        @Override
        public void recovered(Duration after, long events) {}

        @Override
        public void leftDisk(Path directory, boolean takenAway) {}

        @Override
        public void kept(Path data) {}

        @Override
        public void judging(String step) {}
    }
}
