package io.ag06.pipeline.sink.clickhouse;

import com.clickhouse.client.api.Client;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Requests of the official client, each of which ends in time whatever the server does. The client can't see to that: a
 * server that reads nothing holds up a write for ever, which no timeout of a socket ends, and one that answers byte by
 * byte is never late.
 *
 * <p>So a request is sent, and its answer read, in a thread of its own. Whoever waits for it gives it up when its time
 * is over, or when interrupted. Then all connections of the client that it used are cut, by which its thread comes to
 * its end, and the next request has a new client.
 */
final class BoundedRequests implements AutoCloseable {
    /**
     * Of which all but one have been given up and still hang where there is no connection to cut, as when a name is
     * looked up.
     */
    private static final int MOST_THREADS = 8;

    private static final Duration IDLE = Duration.ofMinutes(1);

    private final Supplier<Client> clients;
    private final Duration longest;
    private final ThreadPoolExecutor threads;
    private Client current;

    /**
     * For requests to one server.
     *
     * @param clients opens a client, which must do in the calling thread what it is asked
     * @param longest what a request may take
     * @param name of the threads
     */
    BoundedRequests(Supplier<Client> clients, Duration longest, String name) {
        this.clients = clients;
        this.longest = longest;
        this.threads = new ThreadPoolExecutor(
                0, MOST_THREADS, IDLE.toSeconds(), TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        this.current = clients.get();
    }

    /**
     * What the request returns.
     *
     * @throws ExecutionException with what the request throws
     * @throws TimeoutException where it has not ended in time: what has become of it is not known
     * @throws java.util.concurrent.RejectedExecutionException where too many hang that were given up
     */
    <T> T run(Request<T> request) throws ExecutionException, TimeoutException, InterruptedException {
        Client client = current();
        Future<T> answer = threads.submit(() -> request.by(client));
        try {
            return answer.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | InterruptedException e) {
            answer.cancel(true);
            cut(client);
            throw e;
        }
    }

    private synchronized Client current() {
        if (current == null) {
            current = clients.get();
        }
        return current;
    }

    private synchronized void cut(Client client) {
        client.close();
        if (current == client) {
            current = null;
        }
    }

    @Override
    public synchronized void close() {
        if (current != null) {
            current.close();
        }
        threads.shutdownNow();
    }

    /** What is asked of the server, and read of its answer, to its end. */
    @FunctionalInterface
    interface Request<T> {
        T by(Client client) throws Exception;
    }
}
