package io.ag06.pipeline.sink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ag06.pipeline.testing.LogCapture;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class PatienceTest {
    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void whatSucceedsIsAskedOnceAndNothingIsLogged() throws Exception {
        try (LogCapture log = LogCapture.of(Patience.class)) {
            assertThat(Blocks.IMPATIENT.until("a test", () -> "done")).isEqualTo("done");

            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void aLongWaitIsLoggedAtItsBeginningAndItsEndOnly() throws Exception {
        try (LogCapture log = LogCapture.of(Patience.class)) {
            String answer = Blocks.IMPATIENT.until("a test", () -> succeedAfter(50));

            assertThat(answer).isEqualTo("done");
            assertThat(log.lines(Level.WARN)).containsExactly("Waiting for ClickHouse (a test): attempt 1 failed");
            assertThat(log.lines(Level.INFO)).containsExactly("ClickHouse is back (a test)");
        }
    }

    @Test
    void everyWaitIsLoggedAnew() throws Exception {
        try (LogCapture log = LogCapture.of(Patience.class)) {
            Blocks.IMPATIENT.until("the first", () -> succeedAfter(2));
            attempts.set(0);
            Blocks.IMPATIENT.until("the second", () -> succeedAfter(2));

            assertThat(log.lines(Level.WARN)).hasSize(2);
        }
    }

    @Test
    void pausesGrowUpToTheLongest() throws Exception {
        Patience patience = new Patience(Duration.ofMillis(1), Duration.ofMillis(4));
        long start = System.nanoTime();

        patience.until("a test", () -> succeedAfter(6)); // 1 + 2 + 4 + 4 + 4 + 4 ms, give or take a fifth

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(15));
    }

    @Test
    void pausesMayBeAllAlike() throws Exception {
        Patience patience = new Patience(Duration.ofMillis(1), Duration.ofMillis(1));

        assertThat(patience.until("a test", () -> succeedAfter(3))).isEqualTo("done");
    }

    @Test
    void onlyWhatMayWorkLaterIsTriedAgain() {
        assertEndsAtOnceWith(new InsertFailure.Fatal("wrong password", null));
        assertEndsAtOnceWith(new InsertFailure.Refused("no date", null));
        assertEndsAtOnceWith(new IOException("a damaged file"));
        assertEndsAtOnceWith(new InterruptedException());
        assertEndsAtOnceWith(new IllegalStateException("a fault of the program"));
    }

    private void assertEndsAtOnceWith(Exception failure) {
        attempts.set(0);
        assertThatExceptionOfType(failure.getClass())
                .isThrownBy(() -> Blocks.IMPATIENT.until("a test", () -> {
                    attempts.incrementAndGet();
                    throwAsIs(failure);
                    return "done";
                }))
                .isSameAs(failure);
        assertThat(attempts).hasValue(1);
    }

    private static void throwAsIs(Exception failure) throws InsertFailure, IOException, InterruptedException {
        if (failure instanceof InsertFailure insert) {
            throw insert;
        } else if (failure instanceof IOException io) {
            throw io;
        } else if (failure instanceof InterruptedException interrupt) {
            throw interrupt;
        }
        throw (RuntimeException) failure;
    }

    private String succeedAfter(int failures) throws InsertFailure {
        int attempt = attempts.incrementAndGet();
        if (attempt <= failures) {
            throw new InsertFailure.Transient("attempt %d failed".formatted(attempt), null);
        }
        return "done";
    }
}
