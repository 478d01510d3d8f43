package io.ag06.pipeline.sink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.pipeline.sink.clickhouse.ModelWorld.Laws;
import io.ag06.pipeline.sink.clickhouse.ModelWorld.Writes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two senders of one block, neither knowing of the other (a task that was given up, and the one that took its place),
 * and a server that may be killed at every moment, lose answers, and carry out requests late: every order in which that
 * can happen, up to a number of faults. The block is never there twice, and a sender that ends has put it there.
 *
 * <p>The last tests take one part of the protocol away each, and expect the search to find what goes wrong then: so it
 * can fail, and no part is there for nothing.
 */
@Timeout(120)
class OnceOnlyInsertModelTest {
    private static final int FAULTS = 3;

    @ParameterizedTest
    @EnumSource(Writes.class)
    void twoSendersAndAServerThatIsKilledStoreABlockOnce(Writes writes) {
        Search search = search(new Laws(writes, true, true, false, false), 2);

        assertThat(search.wrong()).isEmpty();
        assertThat(search.ends()).as("ways to come to an end").isGreaterThan(100);
    }

    @ParameterizedTest
    @EnumSource(Writes.class)
    void itIsSoAlsoForAServerThatForgetsEveryTokenWhenItIsKilled(Writes writes) {
        assertThat(search(new Laws(writes, false, true, false, false), 2).wrong())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Writes.class)
    void oneSenderStoresABlockOnceThoughTheDiskIsFullInTheMiddleOfAnInsert(Writes writes) {
        assertThat(search(new Laws(writes, true, true, false, true), 1).wrong()).isEmpty();
    }

    @Test
    void twoSendersDoSoWhereTheTokenIsWrittenFirst() {
        assertThat(search(new Laws(Writes.TOKEN_FIRST, true, true, false, true), 2)
                        .wrong())
                .isEmpty();
    }

    @Test
    void whatIsLeftIsTwoSendersAtOnceAndADiskThatTakesThePartAndNotItsToken() {
        assertThat(search(new Laws(Writes.PART_FIRST, true, true, false, true), 2)
                        .wrong())
                .hasValueSatisfying(wrong -> assertThat(wrong)
                        .contains("there 2 times")
                        .contains("sender 0 inserts")
                        .contains("sender 1 inserts")
                        .contains("disk is full"));
    }

    @Test
    void aServerThatKeepsTokenAndPartTogetherNeedsNoSession() {
        assertThat(search(new Laws(Writes.BOTH_AT_ONCE, true, false, true, true), 2)
                        .wrong())
                .isEmpty();
    }

    @Test
    void withoutTheSessionALateSenderWouldStoreTheBlockASecondTime() {
        assertThat(search(new Laws(Writes.PART_FIRST, true, false, false, false), 2)
                        .wrong())
                .hasValueSatisfying(wrong -> assertThat(wrong).contains("there 2 times"));
    }

    @Test
    void withoutTheSecondQuestionATokenWithoutItsPartWouldSwallowTheBlock() {
        assertThat(search(new Laws(Writes.TOKEN_FIRST, true, true, true, false), 1)
                        .wrong())
                .hasValueSatisfying(wrong -> assertThat(wrong).contains("there 0 times"));
    }

    private static Search search(Laws laws, int senders) {
        Search search = new Search();
        search.explore(ModelWorld.beginning(laws, senders, FAULTS));
        return search;
    }

    /** Visits every world that can be reached, each once, until one is wrong. */
    private static final class Search {
        private final Set<ModelWorld> seen = new HashSet<>();
        private String wrong;
        private long ends;

        void explore(ModelWorld beginning) {
            Deque<Path> open = new ArrayDeque<>();
            open.push(Path.beginning(beginning));
            while (!open.isEmpty() && wrong == null) {
                Path path = open.pop();
                var moves = path.world().moves();
                ends += moves.isEmpty() ? 1 : 0;
                for (ModelWorld.Move move : moves) {
                    judge(path.after(move), open);
                }
            }
        }

        private void judge(Path path, Deque<Path> open) {
            if (seen.add(path.world())) {
                path.world().wrong().ifPresent(what -> wrong = what + path.events());
                open.push(path);
            }
        }

        Optional<String> wrong() {
            return Optional.ofNullable(wrong);
        }

        long ends() {
            return ends;
        }
    }

    /** A world, and how it came about. */
    private record Path(ModelWorld world, String event, Path before) {
        static Path beginning(ModelWorld world) {
            return new Path(world, "", null);
        }

        Path after(ModelWorld.Move move) {
            return new Path(move.leadsTo(), move.event(), this);
        }

        String events() {
            return before == null ? "" : before.events() + "; " + event;
        }
    }
}
