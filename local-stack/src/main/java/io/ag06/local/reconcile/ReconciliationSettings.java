package io.ag06.local.reconcile;

import static java.util.Objects.requireNonNull;

import io.ag06.local.ClickHouseAddress;
import io.ag06.schemas.Topic;
import io.ag06.schemas.Topics;
import java.time.Duration;
import java.util.List;

/**
 * What is held against what.
 *
 * @param kafka {@code host:port[,host:port]}
 * @param clickHouse the server with the tables
 * @param topics the topics to look at
 * @param longestWait how long what looks missing may be on its way without any of it arriving
 * @param window offsets of a partition that are looked at together: at most 16 bytes of memory for each, where every
 *     second one is a gap, and next to none where there are few gaps
 */
public record ReconciliationSettings(
        String kafka, ClickHouseAddress clickHouse, List<Topic> topics, Duration longestWait, long window) {
    /** Long enough for the blocks of a checkpoint that has just completed. */
    public static final Duration DEFAULT_WAIT = Duration.ofSeconds(30);

    private static final long DEFAULT_WINDOW = 4_000_000;

    public ReconciliationSettings {
        requireNonNull(kafka, "kafka");
        requireNonNull(clickHouse, "clickHouse");
        topics = List.copyOf(topics);
        if (window < 1) {
            throw new IllegalArgumentException("the window must be at least 1, was " + window);
        }
        if (longestWait.isNegative()) {
            throw new IllegalArgumentException("the longest wait can't be negative, was " + longestWait);
        }
    }

    /** Every topic, with the default wait. */
    public static ReconciliationSettings of(String kafka, ClickHouseAddress clickHouse) {
        return new ReconciliationSettings(kafka, clickHouse, Topics.all(), DEFAULT_WAIT, DEFAULT_WINDOW);
    }

    /** The same with another wait. */
    public ReconciliationSettings waiting(Duration longest) {
        return new ReconciliationSettings(kafka, clickHouse, topics, longest, window);
    }

    /** The same with other topics. */
    public ReconciliationSettings over(List<Topic> others) {
        return new ReconciliationSettings(kafka, clickHouse, others, longestWait, window);
    }

    /** The same with another window. */
    public ReconciliationSettings inWindowsOf(long offsets) {
        return new ReconciliationSettings(kafka, clickHouse, topics, longestWait, offsets);
    }
}
