package io.ag06.local.chaos;

import java.util.Locale;

/** Two that speak to each other over a network. */
enum Link {
    PRODUCER_KAFKA,
    FLINK_KAFKA,
    FLINK_CLICKHOUSE,
    /** From a TaskManager to the JobManager. */
    TASKMANAGERS_JOBMANAGER,
    /** From the JobManager to a TaskManager. */
    JOBMANAGER_TASKMANAGERS;

    String words() {
        return name().toLowerCase(Locale.ROOT).replace("_", " to ");
    }
}
