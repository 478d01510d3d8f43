package io.ag06.local.health;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Offsets of one topic, as a condition on the rows that have them.
 *
 * @param after the last offset before the range, by partition
 * @param upTo the last offset of the range, by partition; a partition that {@code after} lacks begins with its first
 */
record OffsetRanges(Map<Integer, Long> after, Map<Integer, Long> upTo) {
    OffsetRanges {
        after = Map.copyOf(after);
        upTo = Map.copyOf(upTo);
    }

    /** Whether no row can be in it. */
    boolean isEmpty() {
        return upTo.entrySet().stream().noneMatch(last -> last.getValue() > first(last.getKey()));
    }

    /** The rows in it. */
    String condition(String partitionColumn, String offsetColumn) {
        return new TreeMap<>(upTo)
                .entrySet().stream()
                        .map(last -> "(%s = %d AND %s > %d AND %s <= %d)"
                                .formatted(
                                        partitionColumn,
                                        last.getKey(),
                                        offsetColumn,
                                        first(last.getKey()),
                                        offsetColumn,
                                        last.getValue()))
                        .collect(Collectors.joining(" OR ", "(", ")"));
    }

    private long first(int partition) {
        return after.getOrDefault(partition, -1L);
    }
}
