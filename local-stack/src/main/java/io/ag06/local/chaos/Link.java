package io.ag06.local.chaos;

import java.util.Locale;

/** Two that speak to each other over a network. */
enum Link {
    PRODUCER_KAFKA,
    FLINK_KAFKA,
    FLINK_CLICKHOUSE,
    /** In both directions: each connects to the other. */
    JOBMANAGER_TASKMANAGERS;

    String words() {
        return name().toLowerCase(Locale.ROOT).replace("_", " to ");
    }
}
