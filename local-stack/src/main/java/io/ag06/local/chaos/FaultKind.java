package io.ag06.local.chaos;

import java.util.Locale;

/** What can happen to the pipeline. */
enum FaultKind {
    KILL_TASKMANAGER,
    KILL_JOBMANAGER,
    KILL_KAFKA,
    KILL_CLICKHOUSE_DURING_INSERT,
    KILL_CLICKHOUSE_BEFORE_ANSWER,
    KILL_PRODUCER,
    NETWORK_CUT,
    NETWORK_SLOW,
    FULL_DISK_CLICKHOUSE,
    FULL_DISK_CHECKPOINTS,
    CLOCK_STEP,
    POISON_RECORD;

    /** As reports name it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
