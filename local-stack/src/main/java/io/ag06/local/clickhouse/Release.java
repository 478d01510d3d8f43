package io.ag06.local.clickhouse;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a query holds (its place, its id, its connection), to be given back before the last byte of the answer goes out:
 * a client that has the answer may ask again with the same id or in the same session. Giving back twice does nothing.
 */
final class Release implements AutoCloseable {
    private final Deque<Runnable> held = new ArrayDeque<>();

    /** Gives this back too, before everything that was added earlier. */
    void add(Runnable giveBack) {
        held.push(giveBack);
    }

    @Override
    public void close() {
        while (!held.isEmpty()) {
            held.pop().run();
        }
    }
}
