package io.ag06.pipeline.sink.clickhouse;

import io.ag06.sql.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * ClickHouse in memory. It keeps parts and meets with the accidents that a test has put in its way, one for each insert
 * in turn. Unless told otherwise it forgets every token at once, as a killed server may, so that a block that is sent
 * twice is stored twice.
 */
final class FakeClickHouse implements ClickHouseClient {
    private final List<Part> parts = new ArrayList<>();
    private final List<Offsets> offsets = new ArrayList<>();
    private final List<LookUp> lookUps = new ArrayList<>();
    private final Deque<Accident> accidents = new ArrayDeque<>();
    private final Set<String> tokens = new HashSet<>();
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final Set<String> sessions = new HashSet<>();
    private boolean remembersTokens;
    private boolean replicated;
    private int lostInserts;
    private boolean forgets;
    private boolean away;
    private boolean throwing;
    private int failingLookUps;
    private int openedSessions;
    private long time = 1_772_366_400;
    private int attempts;
    private int failures;
    private int crashes;
    private int deletions;
    private int closed;
    private long window = 10_000;
    private final Map<String, String> columns =
            new HashMap<>(Map.of("number", "UInt64", "appended_at", "DateTime64(3, UTC)", "sink_block", "UInt64"));

    /** What happens to the next insert that no earlier call speaks of. */
    synchronized FakeClickHouse next(Accident... accident) {
        accidents.addAll(List.of(accident));
        return this;
    }

    /** As a server that is never killed. */
    synchronized FakeClickHouse rememberingTokens() {
        remembersTokens = true;
        return this;
    }

    /** As a server with Keeper: a token is remembered exactly if its part is there. */
    synchronized FakeClickHouse replicated() {
        replicated = true;
        return rememberingTokens();
    }

    /** As a table whose rows are past their time when they arrive. */
    synchronized FakeClickHouse droppingRows() {
        forgets = true;
        return losing(Integer.MAX_VALUE);
    }

    /** As a server that takes so many inserts, says that all is well, and stores nothing. */
    synchronized FakeClickHouse losing(int inserts) {
        lostInserts = inserts;
        return this;
    }

    /** Sessions end with the life of the server; so do, unless it is replicated, tokens. */
    synchronized FakeClickHouse restart() {
        sessions.clear();
        if (!replicated) {
            tokens.clear();
        }
        return this;
    }

    synchronized FakeClickHouse withWindow(long blocks) {
        window = blocks;
        return this;
    }

    /** Every table has these columns. */
    synchronized FakeClickHouse withColumns(String... names) {
        columns.keySet().retainAll(Set.of(names));
        for (String name : names) {
            columns.putIfAbsent(name, "String");
        }
        return this;
    }

    synchronized FakeClickHouse withColumn(String name, String type) {
        columns.put(name, type);
        return this;
    }

    /** The table holds a row that covers these offsets. */
    synchronized FakeClickHouse holding(Table table, String topic, int partition, long first, long last) {
        return holding(table, 0, topic, partition, first, last);
    }

    /** The same, of the block of that name. */
    synchronized FakeClickHouse holding(Table table, long block, String topic, int partition, long first, long last) {
        offsets.add(new Offsets(table.name(), block, topic, partition, first, last, Instant.ofEpochSecond(time++)));
        return this;
    }

    synchronized FakeClickHouse holding(Block block) {
        parts.add(
                new Part(block.layout().table().name(), block.name(), block.partitionDay(), block.rows(), new byte[0]));
        return this;
    }

    /** The next look-ups fail, and may succeed later. */
    synchronized FakeClickHouse failingLookUps(int count) {
        failingLookUps = count;
        return this;
    }

    /** What is asked of a table throws what no client should. */
    synchronized FakeClickHouse throwing() {
        throwing = true;
        return this;
    }

    /** Nothing answers until it is back. */
    synchronized void goAway() {
        away = true;
    }

    synchronized void comeBack() {
        away = false;
    }

    @Override
    public synchronized String openSession() throws InsertFailure {
        failIfAway();
        String session = "session-" + openedSessions++;
        sessions.add(session);
        return session;
    }

    @Override
    public synchronized void endSession(String session) throws InsertFailure {
        failIfAway();
        sessions.remove(session);
    }

    @Override
    public boolean insert(Block block, InputStream body, String token, Optional<String> session)
            throws InsertFailure, InterruptedException {
        Accident accident;
        synchronized (this) {
            attempts++;
            failIfAway();
            accident = accidents.isEmpty() ? Accident.NONE : accidents.poll();
            if (accident == Accident.RESTARTED_BEFORE) {
                restart();
            }
            if (session.isPresent() && !sessions.contains(session.get())) {
                return false;
            }
        }
        switch (accident) {
            case NONE, RESTARTED_BEFORE -> store(block, body, token);
            case LOST_BEFORE_SENDING -> throw failed("connection refused");
            case BROKEN_OFF -> {
                read(body, block.body().length() / 2);
                throw failed("connection reset");
            }
            case STORED_UNANSWERED -> {
                store(block, body, token);
                throw failed("no answer");
            }
            case TOKEN_WITHOUT_PART -> {
                rememberOnly(block, token);
                throw failed("no space left on device");
            }
            case REFUSED -> throw new InsertFailure.Refused("CANNOT_PARSE_DATE in " + block.token(), null);
            case WRONG_PASSWORD -> throw new InsertFailure.Fatal("AUTHENTICATION_FAILED", null);
            case CLIENT_THROWS -> throw new IllegalStateException("the client is broken");
            case HANGS -> {
                hanging.countDown();
                new CountDownLatch(1).await();
            }
            case CRASH -> throw killed();
            case CRASH_AFTER_STORING -> {
                store(block, body, token);
                throw killed();
            }
        }
        return true;
    }

    private synchronized void store(Block block, InputStream body, String token) {
        String table = block.layout().table().name();
        byte[] bytes = read(body, Integer.MAX_VALUE);
        boolean known = tokens.contains(table + "/" + token);
        if (remembersTokens) {
            tokens.add(table + "/" + token);
        }
        if (lostInserts > 0) {
            lostInserts--;
        } else if (!known) {
            parts.add(new Part(table, block.name(), block.partitionDay(), block.rows(), bytes));
        }
    }

    private synchronized void rememberOnly(Block block, String token) {
        tokens.add(block.layout().table().name() + "/" + token);
    }

    private synchronized InsertFailure.Transient failed(String message) {
        failures++;
        return new InsertFailure.Transient(message, null);
    }

    private synchronized Killed killed() {
        crashes++;
        return new Killed();
    }

    private static byte[] read(InputStream body, int most) {
        try {
            return body.readNBytes(most);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized boolean isStored(Table table, long name, OptionalInt partitionDay) throws InsertFailure {
        failIfAway();
        lookUps.add(new LookUp(table.name(), name, partitionDay));
        if (failingLookUps > 0) {
            failingLookUps--;
            throw failed("no answer to a look-up");
        }
        return parts.stream()
                .anyMatch(part -> part.table().equals(table.name())
                        && part.name() == name
                        && (partitionDay.isEmpty() || partitionDay.getAsInt() == part.partitionDay()));
    }

    @Override
    public synchronized boolean holdsRowsFrom(Table table, Origin from, Set<Long> exceptBlocks) throws InsertFailure {
        failIfAway();
        return offsets.stream()
                .anyMatch(held ->
                        held.isOf(table, from) && held.last() >= from.offset() && !exceptBlocks.contains(held.block()));
    }

    @Override
    public synchronized Instant now() throws InsertFailure {
        failIfAway();
        return Instant.ofEpochSecond(time++);
    }

    @Override
    public synchronized void deleteFrom(Table table, Origin from, Set<Long> exceptBlocks, Instant storedBefore)
            throws InsertFailure {
        failIfAway();
        deletions++;
        offsets.removeIf(held -> held.isOf(table, from)
                && held.first() >= from.offset()
                && !exceptBlocks.contains(held.block())
                && held.storedAt().isBefore(storedBefore));
    }

    @Override
    public synchronized TokenMemory tokenMemory(Table table) throws InsertFailure {
        failIfAway();
        if (throwing) {
            throw new IllegalStateException("the client is broken");
        }
        return new TokenMemory(window, replicated);
    }

    @Override
    public synchronized boolean mayHaveForgotten(Table table, int partitionDay) throws InsertFailure {
        failIfAway();
        return forgets;
    }

    @Override
    public synchronized Map<String, String> columnsOf(Table table) throws InsertFailure {
        failIfAway();
        return columns;
    }

    @Override
    public synchronized void close() {
        closed++;
    }

    private void failIfAway() throws InsertFailure {
        if (away) {
            throw failed("connection refused");
        }
    }

    synchronized List<Part> parts(Table table) {
        return parts.stream().filter(part -> part.table().equals(table.name())).toList();
    }

    synchronized List<LookUp> lookUps() {
        return List.copyOf(lookUps);
    }

    synchronized int openedSessions() {
        return openedSessions;
    }

    synchronized int attempts() {
        return attempts;
    }

    /** Requests that failed and may succeed later. */
    synchronized int failures() {
        return failures;
    }

    synchronized int crashes() {
        return crashes;
    }

    synchronized int deletions() {
        return deletions;
    }

    synchronized boolean isClosed() {
        return closed > 0;
    }

    void awaitHanging() throws InterruptedException {
        hanging.await();
    }

    /** What can happen to an insert. */
    enum Accident {
        NONE,
        LOST_BEFORE_SENDING,
        BROKEN_OFF,
        STORED_UNANSWERED,
        /** A server that writes the token first fails before it has the part. */
        TOKEN_WITHOUT_PART,
        /** Another life of the server meets the insert than answered the question before it. */
        RESTARTED_BEFORE,
        REFUSED,
        WRONG_PASSWORD,
        CLIENT_THROWS,
        HANGS,
        /** The sender dies at this point; what follows is another process. */
        CRASH,
        /** The sender dies when the block is stored and before it hears of that. */
        CRASH_AFTER_STORING
    }

    /** A part of a table, as it was sent. */
    @SuppressWarnings("ArrayRecordComponent") // Looked into by tests, never compared as a whole.
    record Part(String table, long name, int partitionDay, int rows, byte[] bytes) {}

    /** One call of {@link #isStored}. */
    record LookUp(String table, long name, OptionalInt partitionDay) {}

    /** Stands for the death of the process. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private record Offsets(
            String table, long block, String topic, int partition, long first, long last, Instant storedAt) {
        boolean isOf(Table that, Origin from) {
            return table.equals(that.name()) && topic.equals(from.topic()) && partition == from.partition();
        }
    }
}
