package io.ag06.sql;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * What a table of partial aggregates must add up to, so that it can be held against the raw tables: each stretch of
 * offsets stands in it once, and the stretches of a topic together cover every record that the topic's raw table has.
 *
 * @param table the table
 * @param job the job that writes it
 * @param key the columns that set the rows of one stretch apart
 * @param events the column that counts records
 * @param countedTopics topics of which each record adds 1 to {@code events} of one row
 * @param otherTopics topics whose records add to other columns and not to {@code events}
 */
public record Partials(
        Table table,
        String job,
        List<String> key,
        String events,
        List<String> countedTopics,
        List<String> otherTopics) {
    public Partials {
        requireNonNull(table, "table");
        requireNonNull(job, "job");
        key = List.copyOf(key);
        requireNonNull(events, "events");
        countedTopics = List.copyOf(countedTopics);
        otherTopics = List.copyOf(otherTopics);
    }

    /** Every topic that the rows come from. */
    public List<String> topics() {
        List<String> topics = new ArrayList<>(countedTopics);
        topics.addAll(otherTopics);
        return topics;
    }

    /** Whether a record of the topic adds 1 to {@code events}. */
    public boolean counts(String topic) {
        return countedTopics.contains(topic);
    }
}
