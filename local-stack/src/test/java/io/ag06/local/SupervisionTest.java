package io.ag06.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What ends is started again, as often as that takes, until nobody wants it any more. */
@Timeout(30)
class SupervisionTest {
    private static final Supervision.Pauses SHORT = new Supervision.Pauses(Duration.ofMillis(1), Duration.ofMillis(4));
    private static final Supervision.Pauses AN_HOUR = new Supervision.Pauses(Duration.ofHours(1), Duration.ofHours(2));

    private final Server first = new Server();
    private final BlockingQueue<Server> started = new ArrayBlockingQueue<>(10);
    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void whatEndsIsStartedAgainEachTime() throws InterruptedException {
        try (Supervision<Server> supervision = supervise(SHORT, this::started)) {
            first.end.complete(null);
            Server second = started.take();
            second.end.complete(null);
            Server third = started.take();

            assertThat(third.end).isNotDone();
            assertThat(attempts).hasValue(2);
            assertThat(supervision.current()).isNotSameAs(first);
        }
    }

    @Test
    void aStartThatFailsIsTriedUntilItSucceeds() throws InterruptedException {
        Supplier<Server> portIsTakenForAWhile = () -> {
            if (attempts.get() < 8) {
                attempts.incrementAndGet();
                throw new StackException("the port is taken");
            }
            return started();
        };
        try (Supervision<Server> supervision = supervise(SHORT, portIsTakenForAWhile)) {
            first.end.complete(null);

            assertThat(started.take().end).isNotDone();
            assertThat(attempts).hasValue(9);
            assertThat(supervision.isOver()).isFalse();
        }
    }

    @Test
    void whatIsClosedIsStoppedAndNotStartedAgain() {
        supervise(SHORT, this::started).close();

        assertThat(first.end).isDone();
        assertThat(started).isEmpty();
    }

    @Test
    void closingEndsAPauseAtOnce() throws InterruptedException {
        CountDownLatch tried = new CountDownLatch(1);
        Supervision<Server> supervision = supervise(AN_HOUR, () -> {
            attempts.incrementAndGet();
            tried.countDown();
            throw new StackException("the port is taken");
        });
        first.end.complete(null);
        tried.await();

        supervision.close();

        assertThat(supervision.isOver()).isTrue();
        assertThat(attempts).hasValue(1);
    }

    @Test
    void closingEndsAStartThatIsUnderWay() throws InterruptedException {
        CountDownLatch starting = new CountDownLatch(1);
        Supervision<Server> supervision = supervise(SHORT, () -> {
            attempts.incrementAndGet();
            starting.countDown();
            try {
                new CountDownLatch(1).await();
                return started();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StackException("interrupted", e);
            }
        });
        first.end.complete(null);
        starting.await();

        supervision.close();

        assertThat(supervision.isOver()).isTrue();
        assertThat(attempts).hasValue(1);
    }

    @Test
    void whatHasStartedTooLateIsStopped() throws InterruptedException {
        CountDownLatch starting = new CountDownLatch(1);
        Server late = new Server();
        Supervision<Server> supervision = supervise(SHORT, () -> {
            starting.countDown();
            awaitInterrupt();
            return late;
        });
        first.end.complete(null);
        starting.await();

        supervision.close();

        assertThat(late.end).isDone();
    }

    private Server started() {
        attempts.incrementAndGet();
        Server server = new Server();
        started.add(server);
        return server;
    }

    /** As a start that has no ear for interrupts, and comes to its end just then. */
    private static void awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            assertThat(e).isNotNull();
        }
    }

    private Supervision<Server> supervise(Supervision.Pauses pauses, Supplier<Server> start) {
        return Supervision.of(
                new Supervision.Watched<>(
                        "the server", start, server -> server.end, server -> server.end.complete(null)),
                pauses,
                first);
    }

    /** Runs until it ends. */
    private static final class Server {
        private final CompletableFuture<Void> end = new CompletableFuture<>();
    }
}
