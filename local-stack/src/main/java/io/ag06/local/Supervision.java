package io.ag06.local;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that is started again whenever it ends unasked. A start that fails, as while its port is not free yet, is
 * tried again after a pause that grows, until it succeeds or the supervision ends.
 *
 * @param <T> what runs
 */
final class Supervision<T> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Supervision.class);

    /** For a start that is under way to give up, and to take its process with it. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final Watched<T> watched;
    private final RetryPolicy<T> untilStarted;
    private final Thread supervisor;
    private T current;
    private boolean closed;

    private Supervision(Watched<T> watched, Pauses pauses, T first) {
        this.watched = watched;
        this.current = first;
        this.untilStarted = RetryPolicy.<T>builder()
                .handle(RuntimeException.class)
                .abortIf((started, failure) -> isClosed())
                .withBackoff(pauses.first(), pauses.longest())
                .withMaxRetries(-1)
                .onRetryScheduled(retry -> LOG.error(
                        "{} can't be started again ({}); trying again in {} s",
                        watched.name(),
                        retry.getLastException().getMessage(),
                        retry.getDelay().toMillis() / 1000.0))
                .build();
        this.supervisor = new Thread(this::supervise, watched.name() + " supervisor");
        supervisor.setDaemon(true);
    }

    /**
     * Watches over what runs already.
     *
     * @param first what runs
     */
    static <T> Supervision<T> of(Watched<T> watched, Pauses pauses, T first) {
        Supervision<T> supervision = new Supervision<>(watched, pauses, first);
        supervision.supervisor.start();
        return supervision;
    }

    /** What was started last. */
    synchronized T current() {
        return current;
    }

    /** Whether nothing is started any more. */
    boolean isOver() {
        return !supervisor.isAlive();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void supervise() {
        boolean open = true;
        while (open) {
            watched.end().apply(current()).join();
            open = !isClosed() && startAgain().isPresent();
        }
    }

    /** Starts it again, however long that takes; empty where the supervision has ended meanwhile. */
    private Optional<T> startAgain() {
        LOG.error("{} ended unasked; starting it again", watched.name());
        try {
            T started = Failsafe.with(untilStarted).get(watched.start()::get);
            if (!takeOver(started)) {
                watched.stop().accept(started);
                return Optional.empty();
            }
            LOG.info("{} runs again", watched.name());
            return Optional.of(started);
        } catch (FailsafeException e) { // Interrupted in a pause.
            LOG.debug("{} is not started again, since it shall end", watched.name(), e);
            return Optional.empty();
        } catch (RuntimeException e) {
            if (!isClosed()) {
                throw e;
            }
            LOG.debug("{} is not started again, since it shall end", watched.name(), e);
            return Optional.empty();
        }
    }

    private synchronized boolean takeOver(T started) {
        if (!closed) {
            current = started;
        }
        return !closed;
    }

    /** Stops what runs, or the attempt to start it, at once and for good. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        supervisor.interrupt();
        watched.stop().accept(current());
        try {
            supervisor.join(LONGEST_STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What is watched over.
     *
     * @param name for messages
     * @param start starts it, and returns when it can be used; gives up when it is interrupted
     * @param end completes when it has ended
     * @param stop stops it; harmless where it has ended
     */
    record Watched<T>(
            String name, Supplier<T> start, Function<T, ? extends CompletableFuture<?>> end, Consumer<T> stop) {}

    /**
     * Between two attempts to start, each twice the one before.
     *
     * @param first after the first failure
     * @param longest none is longer
     */
    record Pauses(Duration first, Duration longest) {}
}
