package io.ag06.pipeline.sink.clickhouse;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import io.ag06.pipeline.settings.ClickHouseSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks ClickHouse again for as long as it is away, with growing pauses. Ends early when the thread is interrupted,
 * which is how Flink cancels a task. Logs the beginning and the end of a wait, not each attempt.
 */
final class Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

    private final Duration firstPause;
    private final Duration longestPause;
    private final SinkMetrics metrics;

    /**
     * @param firstPause pause after the first failure; each further one is twice as long, give or take a fifth
     * @param longestPause the longest pause; where it is not above the first, all are as long as this
     */
    Patience(Duration firstPause, Duration longestPause) {
        this(firstPause, longestPause, SinkMetrics.ofThisProcess());
    }

    /** The same, telling of each wait. */
    Patience(Duration firstPause, Duration longestPause, SinkMetrics metrics) {
        this.firstPause = firstPause;
        this.longestPause = longestPause;
        this.metrics = metrics;
    }

    /** As patient as the settings say. */
    static Patience of(ClickHouseSettings settings, SinkMetrics metrics) {
        return new Patience(settings.firstRetryPause(), settings.longestRetryPause(), metrics);
    }

    /**
     * What the attempt returns, once it does not fail with {@link InsertFailure.Transient}.
     *
     * @param purpose what is being tried, for the log
     */
    <T> T until(String purpose, Attempt<T> attempt) throws InsertFailure, IOException, InterruptedException {
        AtomicBoolean waiting = new AtomicBoolean();
        RetryPolicy<T> policy = this.<T>pauses()
                .handle(InsertFailure.Transient.class)
                .withJitter(0.2)
                .withMaxRetries(-1)
                .onFailedAttempt(failed -> metrics.attemptFailed())
                .onRetry(failed -> {
                    if (waiting.compareAndSet(false, true)) {
                        LOG.warn(
                                "Waiting for ClickHouse ({}): {}",
                                purpose,
                                failed.getLastException().getMessage());
                    }
                })
                .build();
        try {
            T result = Failsafe.with(policy).get(attempt::run);
            if (waiting.get()) {
                LOG.info("ClickHouse is back ({})", purpose);
            }
            return result;
        } catch (FailsafeException e) {
            throw unwrapped(e);
        } finally {
            metrics.waitEnded();
        }
    }

    private <T> RetryPolicyBuilder<T> pauses() {
        RetryPolicyBuilder<T> policy = RetryPolicy.builder();
        return firstPause.compareTo(longestPause) < 0
                ? policy.withBackoff(firstPause, longestPause)
                : policy.withDelay(longestPause);
    }

    private static IllegalStateException unwrapped(FailsafeException wrapped)
            throws InsertFailure, IOException, InterruptedException {
        Throwable cause = wrapped.getCause();
        if (cause instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (cause instanceof InsertFailure failure) {
            throw failure;
        }
        if (cause instanceof IOException io) {
            throw io;
        }
        return new IllegalStateException("Talking to ClickHouse ended in an unforeseen way", cause);
    }

    /** One try; what it throws decides what follows. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws InsertFailure, IOException, InterruptedException;
    }
}
