package io.ag06.local;

import io.ag06.local.clickhouse.LocalClickHouse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The embedded ClickHouse, started again at the same port when its process ends unasked, as often as that takes.
 * Whoever writes or reads waits meanwhile; the tables are as they were.
 */
public final class SupervisedClickHouse implements AutoCloseable {
    private static final Supervision.Pauses PAUSES =
            new Supervision.Pauses(Duration.ofMillis(500), Duration.ofSeconds(30));

    private final Supervision<LocalClickHouse> engine;

    private SupervisedClickHouse(Supervision<LocalClickHouse> engine) {
        this.engine = engine;
    }

    /**
     * Starts the engine; returns when it answers.
     *
     * @param port where it listens, 0 for any free port
     */
    static SupervisedClickHouse start(Path dataDirectory, int port) {
        LocalClickHouse first = LocalClickHouse.start(dataDirectory, port);
        return new SupervisedClickHouse(Supervision.of(
                new Supervision.Watched<>(
                        "ClickHouse at " + first.url(),
                        () -> LocalClickHouse.start(dataDirectory, first.url().getPort()),
                        running -> running.process().onExit(),
                        LocalClickHouse::close),
                PAUSES,
                first));
    }

    /** Where it answers, and as whom to ask. */
    public ClickHouseAddress address() {
        LocalClickHouse running = engine.current();
        return new ClickHouseAddress(running.url(), running.user(), Optional.of(running.passwordFile()));
    }

    /** Ends the process as {@code kill -9} does; it is started again. For tests of crashes. */
    public void kill() {
        engine.current().kill();
    }

    @Override
    public void close() {
        engine.close();
    }
}
