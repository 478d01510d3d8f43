package io.ag06.local.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which fault comes in which cycle, and when: a shuffled round of all kinds, again and again, so that any stretch as
 * long as a round has each of them. The same seed is the same plan.
 */
final class FaultPlan {
    private static final int LONGEST_CALM_MILLIS = 4_000;
    private static final int SHORTEST_FAULT_MILLIS = 2_000;
    private static final int LONGEST_FAULT_MILLIS = 9_000;

    private final List<FaultKind> round;
    private final List<Link> links;
    private final Random random;

    FaultPlan(long seed) {
        random = new Random(seed);
        round = new ArrayList<>(List.of(FaultKind.values()));
        Collections.shuffle(round, random);
        links = new ArrayList<>(List.of(Link.values()));
        Collections.shuffle(links, random);
    }

    /** The fault of a cycle, counted from 0. */
    FaultKind kindOf(int cycle) {
        return round.get(cycle % round.size());
    }

    /** Which two lose each other in a cycle, if that is its fault: they take turns. */
    Link linkOf(int cycle) {
        return links.get(cycle / round.size() % links.size());
    }

    /** How long all is well before the next fault. */
    Duration calm() {
        return Duration.ofMillis(500 + random.nextInt(LONGEST_CALM_MILLIS));
    }

    /** How long the next fault lasts, where it lasts. */
    Duration length() {
        return Duration.ofMillis(SHORTEST_FAULT_MILLIS + random.nextInt(LONGEST_FAULT_MILLIS - SHORTEST_FAULT_MILLIS));
    }

    /** For what else is left to chance. */
    Random random() {
        return random;
    }
}
