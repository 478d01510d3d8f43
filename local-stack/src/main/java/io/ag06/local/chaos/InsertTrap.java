package io.ag06.local.chaos;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Waits at ClickHouse's door for an insert, and does something to the server at a chosen moment of it. Once. */
final class InsertTrap implements TcpProxy.Tap {
    private final Moment moment;
    private final Executor later;
    private final Runnable deed;
    private final AtomicBoolean sprung = new AtomicBoolean();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private volatile TcpProxy.Connection insert;

    /**
     * @param delayMillis from the first byte of an insert to the deed, where it is done during one
     * @param deed what happens to the server
     */
    InsertTrap(Moment moment, int delayMillis, Runnable deed) {
        this.moment = moment;
        this.later = CompletableFuture.delayedExecutor(delayMillis, TimeUnit.MILLISECONDS);
        this.deed = deed;
    }

    /** Completes when the deed is done. */
    CompletableFuture<Void> done() {
        return done;
    }

    @Override
    public void sent(TcpProxy.Connection on, byte[] bytes, int length) {
        if (!isInsert(bytes, length)) {
            return;
        }
        if (moment == Moment.DURING_INSERT) {
            if (!sprung.getAndSet(true)) {
                later.execute(this::act);
            }
        } else if (insert == null) {
            insert = on;
        }
    }

    @Override
    public boolean answered(TcpProxy.Connection on, byte[] bytes, int length) {
        if (on != insert) {
            return true;
        }
        if (!sprung.getAndSet(true)) {
            act();
        }
        return false;
    }

    private void act() {
        try {
            deed.run();
            done.complete(null);
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
        }
    }

    /** A request of the sink's client names its statement in its first line. */
    private static boolean isInsert(byte[] bytes, int length) {
        String beginning = new String(bytes, 0, Math.min(length, 2_000), StandardCharsets.ISO_8859_1);
        return beginning.startsWith("POST") && beginning.contains("INSERT");
    }

    /** When the server is struck. */
    enum Moment {
        /** While it takes the rows in or stores them. */
        DURING_INSERT,
        /** When it has stored them and the sender has not heard of it. */
        BEFORE_ANSWER
    }
}
