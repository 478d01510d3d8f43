package io.ag06.local;

import io.ag06.local.clickhouse.LocalClickHouse;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded ClickHouse, started again at the same port when its process ends unasked. Whoever writes or reads waits
 * meanwhile; the tables are as they were.
 */
public final class SupervisedClickHouse implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisedClickHouse.class);

    private final Path dataDirectory;
    private LocalClickHouse current;
    private boolean closed;

    private SupervisedClickHouse(Path dataDirectory, LocalClickHouse first) {
        this.dataDirectory = dataDirectory;
        this.current = first;
    }

    /**
     * Starts the engine; returns when it answers.
     *
     * @param port where it listens, 0 for any free port
     */
    static SupervisedClickHouse start(Path dataDirectory, int port) {
        SupervisedClickHouse supervised =
                new SupervisedClickHouse(dataDirectory, LocalClickHouse.start(dataDirectory, port));
        Thread supervisor = new Thread(supervised::supervise, "clickhouse-supervisor");
        supervisor.setDaemon(true);
        supervisor.start();
        return supervised;
    }

    /** Where it answers, and as whom to ask. */
    public ClickHouseAddress address() {
        LocalClickHouse engine = current();
        return new ClickHouseAddress(engine.url(), engine.user(), Optional.of(engine.passwordFile()));
    }

    /** Ends the process as {@code kill -9} does; it is started again. For tests of crashes. */
    public void kill() {
        current().kill();
    }

    private synchronized LocalClickHouse current() {
        return current;
    }

    private void supervise() {
        boolean open = true;
        while (open) {
            current().process().onExit().join();
            open = startAgain();
        }
    }

    /** Starts the engine again unless it was meant to end; answers whether there is one to watch. */
    private synchronized boolean startAgain() {
        if (closed) {
            return false;
        }
        LOG.error("ClickHouse ended unasked; starting it again at {}", current.url());
        try {
            current = LocalClickHouse.start(dataDirectory, current.url().getPort());
            LOG.info("ClickHouse answers again at {}", current.url());
            return true;
        } catch (RuntimeException e) {
            LOG.error("ClickHouse can't be started again; stop the stack and start it anew", e);
            return false;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        current.close();
    }
}
