package io.ag06.sql;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * What a writer must know of a table it appends to; the columns themselves are defined by the migrations alone.
 *
 * @param name the table's name within the product's database
 * @param partitionColumn the time column whose UTC day is the partition ({@code PARTITION BY toDate(...)})
 * @param offsets where the table's rows say which Kafka records they came from
 */
public record Table(String name, String partitionColumn, OffsetColumns offsets) implements Serializable {
    public Table {
        requireNonNull(name, "name");
        requireNonNull(partitionColumn, "partitionColumn");
        requireNonNull(offsets, "offsets");
    }

    /** The partition expression, as in the table's definition. */
    public String partitionExpression() {
        return "toDate(" + partitionColumn + ")";
    }

    /**
     * The columns by which a row's origin in Kafka is known.
     *
     * @param topic column with the topic's name, or empty where all rows of the table come from one topic
     * @param first column with the first offset that the row covers
     * @param last column with the last offset that the row covers
     */
    public record OffsetColumns(String topic, String first, String last) implements Serializable {
        /** One row per record of one topic. */
        public static final OffsetColumns OF_FACTS = new OffsetColumns("", "kafka_offset", "kafka_offset");
        /** One row per record of any topic. */
        public static final OffsetColumns OF_FACTS_OF_ANY_TOPIC =
                new OffsetColumns("kafka_topic", "kafka_offset", "kafka_offset");
        /** One row per stretch of one partition of any topic. */
        public static final OffsetColumns OF_PARTIALS = new OffsetColumns("kafka_topic", "offset_first", "offset_last");
        /** Rows that do not come from Kafka. */
        public static final OffsetColumns NONE = new OffsetColumns("", "", "");

        /** Whether rows carry offsets at all. */
        public boolean known() {
            return !first.isEmpty();
        }
    }
}
