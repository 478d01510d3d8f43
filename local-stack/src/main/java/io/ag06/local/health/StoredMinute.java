package io.ag06.local.health;

import io.ag06.analytics.health.JobMinute.Freshness;
import io.ag06.analytics.health.JobMinute.Spool;
import java.util.List;
import java.util.Map;

/**
 * What ClickHouse knew of a minute. What it did not answer is missing.
 *
 * @param freshness from an event to its row, by job
 * @param stored rows that appeared in a topic's raw table, by topic
 * @param repeats those of them whose identity had come before, by topic
 * @param spool what waited in the spools of all agents that were heard
 * @param spools the fullest of them
 */
record StoredMinute(
        Map<String, Freshness> freshness,
        Map<String, Long> stored,
        Map<String, Long> repeats,
        Spool spool,
        List<DeviceSpool> spools) {
    static final StoredMinute UNKNOWN = new StoredMinute(Map.of(), Map.of(), Map.of(), Spool.UNKNOWN, List.of());

    StoredMinute {
        freshness = Map.copyOf(freshness);
        stored = Map.copyOf(stored);
        repeats = Map.copyOf(repeats);
        spools = List.copyOf(spools);
    }
}
