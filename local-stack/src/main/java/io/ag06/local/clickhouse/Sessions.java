package io.ag06.local.clickhouse;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections to the engine: one for each request, or one that a session's requests share, one at a time. */
final class Sessions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private final Engine engine;
    private final InstantSource clock;
    private final Map<String, Session> sessions = new HashMap<>();

    Sessions(Engine engine, InstantSource clock) {
        this.engine = engine;
        this.clock = clock;
    }

    private static final class Session {
        private final EngineConnection connection;
        private boolean busy = true;
        private Instant expires = Instant.MAX;

        Session(EngineConnection connection) {
            this.connection = connection;
        }
    }

    /** A connection for one request, with the request's settings and database; closing it gives it back. */
    Lease lease(QueryRequest request) throws EngineException {
        var lease = request.session().isPresent()
                ? sessionLease(request.session().get(), request)
                : new Lease(engine.connect(request.settingsWithId()), Map.of(), null, null);
        try {
            if (request.database().isPresent()
                    && (request.session().isPresent()
                            || !request.database().get().equals("default"))) {
                lease.connection.ask(
                        "USE " + SqlText.identifier(request.database().get()));
            }
            return lease;
        } catch (EngineException e) {
            lease.close();
            throw e;
        }
    }

    private Lease sessionLease(SessionRequest asked, QueryRequest request) throws EngineException {
        for (String name : request.settings().keySet()) {
            engine.requireKnown(name);
        }
        var session = take(asked);
        try {
            return new Lease(session.connection, replaceSettings(session.connection, request), asked, session);
        } catch (EngineException e) {
            giveBack(asked, session);
            throw e;
        }
    }

    private synchronized Session take(SessionRequest asked) throws EngineException {
        var known = sessions.get(asked.id());
        if (known == null) {
            if (asked.mustExist()) {
                throw new EngineException(
                        EngineException.SESSION_NOT_FOUND, "Session " + asked.id() + " not found. (SESSION_NOT_FOUND)");
            }
            var created = new Session(engine.connect(Map.of()));
            sessions.put(asked.id(), created);
            return created;
        }
        if (known.busy) {
            throw new EngineException(
                    EngineException.SESSION_IS_LOCKED,
                    "Session " + asked.id() + " is locked by a concurrent client. (SESSION_IS_LOCKED)");
        }
        known.busy = true;
        return known;
    }

    private synchronized void giveBack(SessionRequest asked, Session session) {
        session.busy = false;
        session.expires = clock.instant().plus(asked.timeout());
        if (asked.closes()) {
            sessions.remove(asked.id());
            session.connection.close();
        }
    }

    /**
     * Puts the request's settings on the session's connection; gives the statements that take them off again. A session
     * is used for every insert of a sink, so this is two statements, however many settings there are.
     */
    private static Map<String, String> replaceSettings(EngineConnection connection, QueryRequest request)
            throws EngineException {
        var asked = request.settingsWithId();
        var before = valuesOf(asked.keySet(), connection);
        connection.ask("SET "
                + asked.entrySet().stream()
                        .map(setting -> setting.getKey() + " = " + SqlText.quote(setting.getValue()))
                        .collect(Collectors.joining(", ")));
        return before;
    }

    /** The values that settings have on a connection, as expressions of SET. */
    private static Map<String, String> valuesOf(Collection<String> names, EngineConnection connection)
            throws EngineException {
        String rows = connection.ask("SELECT name, if(changed, hex(value), '-') FROM system.settings WHERE name IN ("
                + names.stream().map(SqlText::quote).collect(Collectors.joining(", ")) + ") FORMAT TSV");
        var values = new LinkedHashMap<String, String>();
        rows.lines()
                .map(row -> row.split("\t"))
                .forEach(row ->
                        // The value as a literal of SQL, whatever it holds.
                        values.put(row[0], row[1].equals("-") ? "DEFAULT" : "'" + asEscapes(row[1]) + "'"));
        return values;
    }

    private static String asEscapes(String hex) {
        return hex.replaceAll("(..)", "\\\\x$1");
    }

    /** Ends the sessions whose time is over. */
    synchronized void endExpired() {
        var now = clock.instant();
        sessions.values().removeIf(session -> {
            boolean over = !session.busy && session.expires.isBefore(now);
            if (over) {
                session.connection.close();
            }
            return over;
        });
    }

    synchronized int count() {
        return sessions.size();
    }

    @Override
    public synchronized void close() {
        sessions.values().forEach(session -> session.connection.close());
        sessions.clear();
    }

    /** The use of a connection by one request. */
    final class Lease implements AutoCloseable {
        private final EngineConnection connection;
        private final Map<String, String> before;
        private final SessionRequest asked;
        private final Session session;

        private Lease(EngineConnection connection, Map<String, String> before, SessionRequest asked, Session session) {
            this.connection = connection;
            this.before = before;
            this.asked = asked;
            this.session = session;
        }

        EngineConnection connection() {
            return connection;
        }

        @Override
        public void close() {
            if (session == null) {
                connection.close();
                return;
            }
            try {
                connection.ask("SET "
                        + before.entrySet().stream()
                                .map(setting -> setting.getKey() + " = " + setting.getValue())
                                .collect(Collectors.joining(", ")));
            } catch (EngineException e) {
                LOG.warn("Session {} keeps a setting of its last request: {}", asked.id(), e.getMessage());
            } finally {
                giveBack(asked, session);
            }
        }
    }
}
