package io.ag06.sql;

import io.ag06.sql.Table.OffsetColumns;
import java.util.List;
import java.util.Set;

/** The tables that programs append to, and what they agree on about them. */
public final class Tables {
    /** The database that holds every table and view of the product, unless a setting names another. */
    public static final String DATABASE = "ag06";

    /** Names the block that a row was sent in; filled by the sink, in every table it writes. */
    public static final String BLOCK_COLUMN = "sink_block";

    /** Columns that the sink fills; no row record and no event has them. */
    public static final Set<String> FILLED_BY_SINK = Set.of(BLOCK_COLUMN);

    /** When the server took a row in; filled by the server, in every table that the sink writes. */
    public static final String STORED_COLUMN = "stored_at";

    /** Columns that the server fills. */
    public static final Set<String> FILLED_BY_SERVER = Set.of(STORED_COLUMN);

    /** Columns that every raw table has beside the fields of its record. */
    public static final Set<String> OF_EVERY_FACT = Set.of("kafka_partition", "kafka_offset", "appended_at");

    public static final Table DEAD_LETTERS =
            new Table("dead_letters", "appended_at", OffsetColumns.OF_FACTS_OF_ANY_TOPIC);
    public static final Table GOLDEN_SIGNALS_PARTIALS =
            new Table("golden_signals_partials", "window_start", OffsetColumns.OF_PARTIALS);
    public static final Table REJECTED_BLOCKS = new Table("rejected_blocks", "refused_at", OffsetColumns.NONE);

    public static final Table SCALING_FORECASTS =
            new Table("scaling_forecasts_versions", "made_at", OffsetColumns.NONE);
    public static final Table FORECAST_ACCURACY =
            new Table("forecast_accuracy_versions", "window_start", OffsetColumns.NONE);
    public static final Table SCALING_DECISIONS =
            new Table("scaling_decisions_versions", "decided_at", OffsetColumns.NONE);

    /** Every table of versions: what was computed from many records, so that its rows name none. */
    public static final List<Table> VERSIONS = List.of(SCALING_FORECASTS, FORECAST_ACCURACY, SCALING_DECISIONS);

    /** Every table of partial aggregates, with what it must add up to. */
    public static final List<Partials> PARTIALS = List.of(new Partials(
            GOLDEN_SIGNALS_PARTIALS,
            "golden-signals",
            List.of("entity_kind", "entity_id", "operation", "region", "window_start"),
            "events",
            List.of("ag06.service-requests", "ag06.audio-frames"),
            List.of("ag06.service-metrics", "ag06.device-metrics")));

    private Tables() {}

    /**
     * The raw table of a topic: one row per Kafka record.
     *
     * @param topic the topic's name, such as {@code ag06.audio-frames}
     */
    public static Table factsOf(String topic) {
        String name = topic.substring(topic.indexOf('.') + 1).replace('-', '_');
        return name.equals(DEAD_LETTERS.name()) ? DEAD_LETTERS : new Table(name, "appended_at", OffsetColumns.OF_FACTS);
    }
}
