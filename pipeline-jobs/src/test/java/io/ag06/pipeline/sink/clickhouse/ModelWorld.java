package io.ag06.pipeline.sink.clickhouse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A server, a block, and those who send it, at one moment; what may happen next is {@link #moves}. Worlds that are
 * alike are equal, so that a search visits each once.
 *
 * @param laws how the server works
 * @param copies how often the block is in the table
 * @param tokens that the server remembers
 * @param sessions that the server knows
 * @param underway inserts whose sender has given up on them, and which the server may still carry out
 * @param faultsLeft how many more things may go wrong
 * @param senders with what they have been answered so far
 */
record ModelWorld(
        Laws laws,
        int copies,
        Set<String> tokens,
        Set<Integer> sessions,
        List<Underway> underway,
        int faultsLeft,
        List<ModelSender> senders) {

    /** In which order a server writes down the part and its token. */
    enum Writes {
        PART_FIRST,
        TOKEN_FIRST,
        BOTH_AT_ONCE
    }

    /**
     * How the server works.
     *
     * @param writes what a kill in the middle of an insert leaves
     * @param keepsTokens whether tokens that were written down outlive the server
     * @param knowsSessions whether it refuses an insert in a session of an earlier life
     * @param saysThatTokensOutliveIt what it tells senders, who then do without session and second question
     * @param mayFailAlive whether it may fail in the middle of an insert and live on, as with a full disk
     */
    record Laws(
            Writes writes,
            boolean keepsTokens,
            boolean knowsSessions,
            boolean saysThatTokensOutliveIt,
            boolean mayFailAlive) {}

    /** An insert on its way. */
    record Underway(String token, Optional<Integer> session) {}

    /** Something that may happen, and the world after it. */
    record Move(String event, ModelWorld leadsTo) {}

    static ModelWorld beginning(Laws laws, int senders, int faults) {
        return new ModelWorld(
                laws,
                0,
                Set.of(),
                Set.of(),
                List.of(),
                faults,
                Collections.nCopies(senders, ModelSender.beginning(laws.saysThatTokensOutliveIt())));
    }

    /** What must never be; empty where all is well. */
    Optional<String> wrong() {
        boolean anyEnded = senders.stream().anyMatch(ModelSender::hasEnded);
        if (copies > 1 || (anyEnded && copies == 0)) {
            return Optional.of("The block is there %d times".formatted(copies));
        }
        return Optional.empty();
    }

    /** Everything that may happen next. */
    List<Move> moves() {
        List<Move> moves = new ArrayList<>();
        for (int sender = 0; sender < senders.size(); sender++) {
            if (!senders.get(sender).hasEnded()) {
                addStepsOf(sender, moves);
            }
        }
        for (Underway late : underway) {
            moves.add(new Move(
                    "a late insert arrives",
                    isRefused(late.session()) ? without(late) : without(late).carriedOut(late.token())));
        }
        if (faultsLeft > 0 && !moves.isEmpty()) {
            moves.add(new Move("kill", faulty().killed()));
        }
        return moves;
    }

    private void addStepsOf(int sender, List<Move> moves) {
        ModelSender.Request request = senders.get(sender).next().orElseThrow();
        String who = "sender " + sender + " ";
        if (request instanceof ModelSender.OpensSession) {
            // Of a sender's sessions no two have one number, since it was answered something in between.
            int session = sender + 10 * senders.get(sender).answers().size();
            moves.add(new Move(who + "opens a session", withSession(session).answered(sender, session)));
        } else if (request instanceof ModelSender.EndsSession end) {
            moves.add(new Move(
                    who + "ends its session", withoutSession(end.session()).answered(sender, true)));
        } else if (request instanceof ModelSender.Asks) {
            moves.add(new Move(who + "asks, " + (copies > 0), answered(sender, copies > 0)));
        } else if (request instanceof ModelSender.Inserts insert) {
            addInserts(sender, who, insert, moves);
        }
    }

    private void addInserts(int sender, String who, ModelSender.Inserts insert, List<Move> moves) {
        if (isRefused(insert.session())) {
            moves.add(new Move(who + "is told that its session is over", answered(sender, false)));
            return;
        }
        ModelWorld done = carriedOut(insert.token());
        moves.add(new Move(who + "inserts", done.answered(sender, true)));
        if (faultsLeft == 0) {
            return;
        }
        moves.add(new Move(who + "inserts, the answer is lost", done.faulty().failed(sender)));
        moves.add(new Move(who + "gives up on an insert", faulty().with(insert).failed(sender)));
        if (!tokens.contains(insert.token())) {
            moves.add(new Move(
                    who + "inserts, the server is killed over it",
                    halfDone(insert.token()).faulty().killed().failed(sender)));
        }
        if (laws.mayFailAlive() && !tokens.contains(insert.token())) {
            moves.add(new Move(
                    who + "inserts, the disk is full in its middle",
                    halfDone(insert.token()).faulty().failed(sender)));
        }
    }

    private boolean isRefused(Optional<Integer> session) {
        return laws.knowsSessions()
                && session.map(number -> !sessions.contains(number)).orElse(false);
    }

    /** The server does an insert, or takes it for a repetition. */
    private ModelWorld carriedOut(String token) {
        return tokens.contains(token)
                ? this
                : of(copies + 1, union(tokens, token), sessions, underway, faultsLeft, senders);
    }

    private ModelWorld halfDone(String token) {
        return switch (laws.writes()) {
            case PART_FIRST -> of(copies + 1, tokens, sessions, underway, faultsLeft, senders);
            case TOKEN_FIRST -> of(copies, union(tokens, token), sessions, underway, faultsLeft, senders);
            case BOTH_AT_ONCE -> this;
        };
    }

    private ModelWorld killed() {
        return of(copies, laws.keepsTokens() ? tokens : Set.of(), Set.of(), underway, faultsLeft, senders);
    }

    private ModelWorld faulty() {
        return of(copies, tokens, sessions, underway, faultsLeft - 1, senders);
    }

    private ModelWorld with(ModelSender.Inserts insert) {
        List<Underway> more = new ArrayList<>(underway);
        more.add(new Underway(insert.token(), insert.session()));
        return of(copies, tokens, sessions, more, faultsLeft, senders);
    }

    private ModelWorld withSession(int session) {
        return of(copies, tokens, union(sessions, session), underway, faultsLeft, senders);
    }

    private ModelWorld withoutSession(int session) {
        Set<Integer> fewer = new HashSet<>(sessions);
        fewer.remove(session);
        return of(copies, tokens, fewer, underway, faultsLeft, senders);
    }

    private ModelWorld without(Underway late) {
        List<Underway> fewer = new ArrayList<>(underway);
        fewer.remove(late);
        return of(copies, tokens, sessions, fewer, faultsLeft, senders);
    }

    private ModelWorld failed(int sender) {
        return answered(sender, ModelSender.FAILED);
    }

    private ModelWorld answered(int sender, Object answer) {
        List<ModelSender> after = new ArrayList<>(senders);
        after.set(sender, senders.get(sender).answered(answer, laws.saysThatTokensOutliveIt()));
        return of(copies, tokens, sessions, underway, faultsLeft, List.copyOf(after));
    }

    private static <T> Set<T> union(Set<T> some, T one) {
        Set<T> more = new HashSet<>(some);
        more.add(one);
        return more;
    }

    private ModelWorld of(
            int newCopies,
            Set<String> newTokens,
            Set<Integer> newSessions,
            List<Underway> newUnderway,
            int newFaultsLeft,
            List<ModelSender> newSenders) {
        return new ModelWorld(
                laws,
                newCopies,
                Set.copyOf(newTokens),
                Set.copyOf(newSessions),
                List.copyOf(newUnderway),
                newFaultsLeft,
                newSenders);
    }
}
