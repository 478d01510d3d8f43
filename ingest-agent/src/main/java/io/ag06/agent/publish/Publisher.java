package io.ag06.agent.publish;

import static java.util.Objects.requireNonNull;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import io.ag06.agent.spool.Spool;
import io.ag06.schemas.Topic;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the spool's records to Kafka on a thread of its own, each once, whatever fails and when. While Kafka is away it
 * waits with backoff and loses nothing; it says so when that begins and when it ends.
 */
public final class Publisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
    private static final Duration IDLE = Duration.ofMillis(200);

    private final TransactionLoop transactions;
    private final FailsafeExecutor<Object> untilKafkaIsBack;
    private final Thread thread;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean stopping;
    private volatile String failure;

    /**
     * A publisher, not yet running.
     *
     * @param name for messages to people: the device, or the generator
     * @param time the wall clock, to tell a suspended machine from a second agent
     */
    public Publisher(String name, Spool spool, KafkaEnds kafka, PublisherSettings settings, InstantSource time)
            throws IOException {
        requireNonNull(settings, "settings");
        this.transactions = new TransactionLoop(name, spool.reader(), kafka, settings, time);
        this.untilKafkaIsBack = Failsafe.with(RetryPolicy.builder()
                .handle(Exception.class)
                .abortOn(FencedException.class, InterruptedException.class, InterruptException.class)
                .withBackoff(settings.backoffFrom(), settings.backoffTo())
                .withMaxRetries(-1)
                .onFailedAttempt(attempt -> failed(attempt.getLastException()))
                .build());
        this.thread = new Thread(this::run, "publisher of " + name);
    }

    /** Begins to publish. */
    public void start() {
        thread.start();
    }

    /** Records committed by Kafka since this publisher was made, by topic. */
    public Map<Topic, Long> published() {
        return transactions.published();
    }

    /** Why records wait: what failed last; empty while all is well. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** Completes when the publisher has stopped; exceptionally where it stopped by itself, as when it was fenced. */
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /**
     * Stops: publishes what is in the spool for so long, and leaves the rest there. A transaction that is open then is
     * taken back by Kafka, and its records are published at the next start.
     */
    public void stop(Duration patience) throws InterruptedException {
        stopping = true;
        if (thread.getState() == Thread.State.NEW) {
            ended.complete(null);
            transactions.close();
            return;
        }
        try {
            ended.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
        } catch (ExecutionException e) {
            LOG.debug("the publisher had stopped by itself", e);
        }
        thread.join();
    }

    /** Stops at once. */
    @Override
    public void close() {
        try {
            stop(Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (transactions.await(IDLE)) {
                    untilKafkaIsBack.run(transactions::publish);
                    succeeded();
                } else if (stopping) {
                    break;
                }
            }
            ended.complete(null);
        } catch (InterruptedException | InterruptException e) {
            ended.complete(null);
        } catch (FailsafeException e) {
            if (e.getCause() instanceof InterruptedException) {
                ended.complete(null);
            } else {
                ended.completeExceptionally(e.getCause());
            }
        } catch (RuntimeException | Error e) {
            ended.completeExceptionally(e);
        } finally {
            transactions.close();
        }
    }

    private void failed(Throwable cause) {
        if (cause instanceof InterruptedException || cause instanceof InterruptException) {
            return;
        }
        if (failure == null) {
            LOG.warn("Kafka takes no records; they wait in the spool: {}", cause.toString());
        }
        failure = cause.toString();
        LOG.debug("an attempt to publish failed", cause);
    }

    private void succeeded() {
        if (failure != null) {
            LOG.info("Kafka takes records again");
            failure = null;
        }
    }
}
