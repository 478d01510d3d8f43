package io.ag06.pipeline.sink.clickhouse;

import io.ag06.sql.Table;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks, sends, and asks again: a block is stored when it is seen in its table, and is sent only where it is not. Others
 * may do the same with the same block at the same time.
 *
 * <ol>
 *   <li><b>Ask.</b> A part appears whole or not at all, so one row of the block means that all are there. This finds
 *       what was stored in earlier lives of the server, of which it may have lost the token.
 *   <li><b>Send,</b> under the block's token and in a session that was opened before the question. The session makes
 *       the server refuse the insert if it was started again since the answer; and within one life it remembers every
 *       token. So nothing that was stored between the answer and the insert's arrival is stored a second time.
 *   <li><b>Ask again.</b> A server that failed between writing the token and the part may remember a block that it does
 *       not have, take the insert for a repetition, and say that all is well. Then the block is sent under its next
 *       token; every sender goes through the same tokens.
 * </ol>
 *
 * <p>After a failure the session is ended before the question is asked anew, so that an insert that was given up on can
 * no longer arrive.
 *
 * <p>A server that keeps part and token together needs neither session nor second question. With several replicas a
 * question may even be answered by one that lags behind; there the token alone decides.
 */
final class OnceOnlyInsert {
    private static final Logger LOG = LoggerFactory.getLogger(OnceOnlyInsert.class);

    /** A token is lost to each failure of the server in the middle of an insert of one block: more than there are. */
    private static final int MOST_TOKENS = 5;

    private final ClickHouseClient client;
    private final Map<String, Boolean> tokensOutliveServer = new HashMap<>();
    private Optional<String> session = Optional.empty();
    private boolean sessionMayHoldAnInsert;

    OnceOnlyInsert(ClickHouseClient client) {
        this.client = client;
    }

    /**
     * Tries once to bring the block to its table, unless the question says that this is not needed. Whatever it throws,
     * it may be called again.
     *
     * @param isDone whether the block, or what stands for it, is stored
     * @return what it came to; never that the server does not know the session
     */
    Outcome once(Block block, Question isDone) throws InsertFailure, IOException, InterruptedException {
        boolean sessionMayBeOver = session.isPresent();
        Outcome outcome = attempt(block, isDone);
        if (outcome == Outcome.SESSION_OVER && sessionMayBeOver) {
            outcome = attempt(block, isDone); // It was idle for too long, or the server was started again.
        }
        if (outcome == Outcome.SESSION_OVER) {
            throw new InsertFailure.Transient(
                    "ClickHouse does not know the session that it opened a moment ago: it was started again, or requests"
                            + " go to several servers",
                    null);
        }
        return outcome;
    }

    private Outcome attempt(Block block, Question isDone) throws InsertFailure, IOException, InterruptedException {
        Optional<String> opened = outlivesServer(block.layout().table()) ? Optional.empty() : Optional.of(session());
        if (isDone.ask()) {
            return Outcome.FOUND;
        }
        Outcome outcome = send(block, block.token(), opened, isDone);
        for (int more = 1; outcome == Outcome.NOT_SEEN && more < MOST_TOKENS; more++) {
            LOG.warn("The server remembers {} and does not have it; sending it under another token", block);
            outcome = send(block, block.token() + "-" + more, opened, isDone);
        }
        if (outcome == Outcome.NOT_SEEN) {
            forgotten(block);
        }
        return outcome;
    }

    /** Lets a block go whose rows are past their table's TTL, and no other. */
    private void forgotten(Block block) throws InsertFailure, InterruptedException {
        if (!client.mayHaveForgotten(block.layout().table(), block.partitionDay())) {
            throw new InsertFailure.Transient(
                    "ClickHouse takes %s and shows none of it, though its table does not drop rows of that age"
                            .formatted(block),
                    null);
        }
        LOG.warn("The server takes {} and shows none of it: its rows are past their table's TTL", block);
    }

    private Outcome send(Block block, String token, Optional<String> opened, Question isDone)
            throws InsertFailure, IOException, InterruptedException {
        boolean carriedOut;
        sessionMayHoldAnInsert = opened.isPresent();
        try (var body = BlockFiles.read(block).open()) {
            carriedOut = client.insert(block, body, token, opened);
        }
        sessionMayHoldAnInsert = false;
        if (!carriedOut) {
            session = Optional.empty();
            return Outcome.SESSION_OVER;
        }
        return opened.isEmpty() || isDone.ask() ? Outcome.STORED : Outcome.NOT_SEEN;
    }

    /** A session in which nothing of an earlier attempt can be carried out any more. */
    private String session() throws InsertFailure, InterruptedException {
        if (session.isPresent() && sessionMayHoldAnInsert) {
            client.endSession(session.get());
            session = Optional.empty();
        }
        if (session.isEmpty()) {
            session = Optional.of(client.openSession());
            sessionMayHoldAnInsert = false;
        }
        return session.get();
    }

    private boolean outlivesServer(Table table) throws InsertFailure, InterruptedException {
        Boolean known = tokensOutliveServer.get(table.name());
        if (known == null) {
            known = client.tokenMemory(table).outlivesServer();
            tokensOutliveServer.put(table.name(), known);
        }
        return known;
    }

    /** What an attempt came to. */
    enum Outcome {
        /** It was stored before. */
        FOUND,
        /** It was sent, and is stored. */
        STORED,
        /** It was sent, and its table drops rows of its age. */
        NOT_SEEN,
        /** The server does not know the session. */
        SESSION_OVER
    }

    /** What is asked before and after a send. */
    @FunctionalInterface
    interface Question {
        boolean ask() throws InsertFailure, InterruptedException;
    }
}
