package io.ag06.pipeline.sink.clickhouse;

import io.ag06.sql.Table;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The real {@link OnceOnlyInsert} at one moment of its work, held as the answers that it was given so far: to see what
 * it asks next, it is run from its beginning, given those answers, and stopped at the first request that has none. So a
 * search can go on from the same moment in many ways.
 *
 * @param answers in the order of its requests
 * @param next what it asks next, or nothing where it has come to its end
 */
record ModelSender(List<Object> answers, Optional<Request> next) {
    /** As an answer: none came. */
    static final Object FAILED = "failed";

    private static final Block BLOCK = Blocks.block();

    /** @param tokensOutliveServer what the server says of itself */
    static ModelSender beginning(boolean tokensOutliveServer) {
        return of(List.of(), tokensOutliveServer);
    }

    ModelSender answered(Object answer, boolean tokensOutliveServer) {
        List<Object> more = new ArrayList<>(answers);
        more.add(answer);
        return of(more, tokensOutliveServer);
    }

    boolean hasEnded() {
        return next.isEmpty();
    }

    private static ModelSender of(List<Object> answers, boolean tokensOutliveServer) {
        return new ModelSender(List.copyOf(answers), requestAfter(answers, tokensOutliveServer));
    }

    /** The first request that has no answer yet, or none where it comes to its end. */
    private static Optional<Request> requestAfter(List<Object> answers, boolean tokensOutliveServer) {
        Replay replay = new Replay(answers, tokensOutliveServer);
        OnceOnlyInsert insert = new OnceOnlyInsert(replay);
        while (true) {
            try {
                insert.once(BLOCK, () -> replay.isStored(Blocks.TABLE, BLOCK.name(), OptionalInt.empty()));
                return Optional.empty();
            } catch (InsertFailure.Transient failure) {
                // Tried again, as Patience does.
            } catch (Unanswered unanswered) {
                return Optional.of(unanswered.request);
            } catch (InsertFailure | IOException | InterruptedException e) {
                throw new IllegalStateException("The model has no such failure", e);
            }
        }
    }

    /** What a sender wants of the server. */
    sealed interface Request {}

    /** To open a session. */
    record OpensSession() implements Request {}

    /** To end a session. */
    record EndsSession(int session) implements Request {}

    /** To know whether the block is there. */
    record Asks() implements Request {}

    /** To have the block stored. */
    record Inserts(String token, Optional<Integer> session) implements Request {}

    /** Stops a sender at a request that has no answer yet. */
    private static final class Unanswered extends Error {
        private static final long serialVersionUID = 1;

        private final transient Request request;

        Unanswered(Request request) {
            super(null, null, false, false);
            this.request = request;
        }
    }

    /** Answers as it was answered before. */
    private static final class Replay implements ClickHouseClient {
        private final List<Object> answers;
        private final boolean tokensOutliveServer;
        private int next;

        Replay(List<Object> answers, boolean tokensOutliveServer) {
            this.answers = answers;
            this.tokensOutliveServer = tokensOutliveServer;
        }

        private Object answerTo(Request request) throws InsertFailure {
            if (next == answers.size()) {
                throw new Unanswered(request);
            }
            Object answer = answers.get(next++);
            if (answer.equals(FAILED)) {
                throw new InsertFailure.Transient("no answer", null);
            }
            return answer;
        }

        @Override
        public String openSession() throws InsertFailure {
            return Integer.toString((int) answerTo(new OpensSession()));
        }

        @Override
        public void endSession(String session) throws InsertFailure {
            answerTo(new EndsSession(Integer.parseInt(session)));
        }

        @Override
        public boolean isStored(Table table, long name, OptionalInt partitionDay) throws InsertFailure {
            return (boolean) answerTo(new Asks());
        }

        @Override
        public boolean insert(Block block, InputStream body, String token, Optional<String> session)
                throws InsertFailure {
            return (boolean) answerTo(new Inserts(token, session.map(Integer::valueOf)));
        }

        @Override
        public TokenMemory tokenMemory(Table table) {
            return new TokenMemory(10_000, tokensOutliveServer);
        }

        @Override
        public boolean mayHaveForgotten(Table table, int partitionDay) {
            return false;
        }

        @Override
        public Map<String, String> columnsOf(Table table) {
            throw new UnsupportedOperationException("No sender asks for columns");
        }

        @Override
        public boolean holdsRowsFrom(Table table, Origin from, Set<Long> exceptBlocks) {
            throw new UnsupportedOperationException("No sender asks for offsets");
        }

        @Override
        public Instant now() {
            throw new UnsupportedOperationException("No sender asks for the time");
        }

        @Override
        public void deleteFrom(Table table, Origin from, Set<Long> exceptBlocks, Instant storedBefore) {
            throw new UnsupportedOperationException("No sender deletes");
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
