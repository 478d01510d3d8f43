package io.ag06.local.health;

/**
 * Every metric of the pipeline: its kind, unit and meaning, and what to do when it moves. The exposition and the page
 * docs/operations.md say nothing else; a metric whose value is not known has no sample.
 */
public enum HealthMetric {
    PART_UP(
            "ag06_part_up",
            Kind.GAUGE,
            "1 or 0",
            "Whether a part (kafka, flink, clickhouse, monitor) answered at the last reading.",
            "at 0: /healthz says since when and why; start the part again"),
    JOB_RUNNING(
            "ag06_job_running",
            Kind.GAUGE,
            "1 or 0",
            "Whether Flink runs the job with all of its tasks.",
            "at 0: look for the reason on Flink's page; submit the job again, it goes on from its checkpoint"),
    JOB_RESTARTS(
            "ag06_job_restarts_total",
            Kind.COUNTER,
            "restarts",
            "Times that Flink started the job again after a failure.",
            "when it grows: Flink's page names the failure"),
    JOB_RECORDS_IN(
            "ag06_job_records_in_total",
            Kind.COUNTER,
            "records",
            "Records taken from Kafka, those read again after a restart counted again.",
            "when it stops growing while the lag grows: see ag06_sink_circuit_open, then Flink's page"),
    JOB_RECORDS_OUT(
            "ag06_job_records_out_total",
            Kind.COUNTER,
            "rows",
            "Rows stored by the sink, or found stored already.",
            "when it stops growing while records come in: see ag06_sink_circuit_open and ag06_job_checkpoint_age_seconds"),
    JOB_LAG(
            "ag06_job_lag_records",
            Kind.GAUGE,
            "records",
            "Committed records of a topic that the job has yet to take in; beyond 256 the marks of transactions count too.",
            "when it keeps growing: the job waits, or is too slow; more parallel tasks help as far as there are partitions"),
    JOB_CHECKPOINT_AGE(
            "ag06_job_checkpoint_age_seconds",
            Kind.GAUGE,
            "seconds",
            "Since the job's last completed checkpoint; what was read since then can't be queried yet.",
            "above a minute: see ag06_sink_circuit_open; if blocks flow, Flink's page shows which task is slow"),
    JOB_CHECKPOINT_DURATION(
            "ag06_job_checkpoint_duration_seconds",
            Kind.GAUGE,
            "seconds",
            "How long that checkpoint took.",
            "when it nears the interval of checkpoints: the storage of checkpoints is slow, or the interval too short"),
    JOB_CHECKPOINT_SIZE(
            "ag06_job_checkpoint_size_bytes",
            Kind.GAUGE,
            "bytes",
            "Size of its state: rows of one interval, and positions.",
            "when it grows without more traffic: report it, state has a bound"),
    JOB_DEAD_LETTERS(
            "ag06_job_dead_letters_total",
            Kind.COUNTER,
            "records",
            "Records that the job refused: event-archive keeps them in dead_letters, others skip them.",
            "when it grows: ask dead_letters for stage and error, and mend the producer"),
    JOB_DEAD_LETTERS_LOST(
            "ag06_job_dead_letters_lost_total",
            Kind.COUNTER,
            "records",
            "Records on ag06.dead-letters that could not be decoded themselves, and are left there.",
            "when it grows: something else than our programs writes to that topic; stop it"),
    JOB_EVENT_TO_QUERY_P50(
            "ag06_job_event_to_query_p50_seconds",
            Kind.GAUGE,
            "seconds",
            "From an event's time until it could be queried as the job's row, median over the last closed minute.",
            "when it rises: see the lag, then the agents' spools; an event's own clock may be wrong too"),
    JOB_EVENT_TO_QUERY_P99(
            "ag06_job_event_to_query_p99_seconds",
            Kind.GAUGE,
            "seconds",
            "The same, 99th percentile.",
            "as for the median; alone, it tells of single devices or services that deliver late"),
    SINK_CIRCUIT_OPEN(
            "ag06_sink_circuit_open",
            Kind.GAUGE,
            "1 or 0",
            "Whether the job's sink waits for ClickHouse; nothing is lost while it does.",
            "at 1: bring ClickHouse back, or make room; the log of the task says what it answers"),
    SINK_WAITING(
            "ag06_sink_waiting_seconds",
            Kind.GAUGE,
            "seconds",
            "How long the sink has been waiting; 0 while blocks flow.",
            "as for ag06_sink_circuit_open; above the retention of Kafka's topics records would be lost"),
    SINK_WAITED(
            "ag06_sink_waited_seconds_total",
            Kind.COUNTER,
            "seconds",
            "Time waited in all, mean over the job's tasks.",
            "when it grows in small steps: ClickHouse is overloaded (too many parts, no memory)"),
    SINK_FAILED_ATTEMPTS(
            "ag06_sink_failed_attempts_total",
            Kind.COUNTER,
            "requests",
            "Requests to ClickHouse that failed and were made again.",
            "as for ag06_sink_waited_seconds_total"),
    SINK_BLOCKS_SENT(
            "ag06_sink_blocks_sent_total",
            Kind.COUNTER,
            "blocks",
            "Blocks sent and stored; each is one part of a table.",
            "when it grows by many a second: checkpoints are too frequent for the number of tables and tasks"),
    SINK_BLOCKS_FOUND(
            "ag06_sink_blocks_found_total",
            Kind.COUNTER,
            "blocks",
            "Blocks that a look-up found stored, so that they were not sent a second time.",
            "nothing: it grows after a restart or a lost answer, and says that exactly once was kept"),
    SINK_BLOCKS_REJECTED(
            "ag06_sink_blocks_rejected_total",
            Kind.COUNTER,
            "blocks",
            "Blocks that ClickHouse refused, kept whole in rejected_blocks.",
            "when it grows: the column error of rejected_blocks says why; report it"),
    SINK_SPILLED(
            "ag06_sink_spilled_bytes_total",
            Kind.COUNTER,
            "bytes",
            "Bytes of blocks that went to files, since a task's share of memory was full.",
            "when it grows always: raise clickhouse.block-memory-bytes, or checkpoint more often"),
    TOPIC_ROWS(
            "ag06_topic_rows_total",
            Kind.COUNTER,
            "rows",
            "Rows that appeared in a topic's raw table.",
            "when it stops: no producer of the topic is heard, or event-archive does not run"),
    TOPIC_REPEATS(
            "ag06_topic_repeats_total",
            Kind.COUNTER,
            "rows",
            "Rows among them whose identity had come within ten minutes before; they are kept.",
            "when it grows: a foreign producer sends records twice; make it idempotent"),
    SPOOL_RECORDS(
            "ag06_spool_records",
            Kind.GAUGE,
            "records",
            "Records that wait in the spools of all agents heard within two minutes.",
            "when it grows: Kafka is away or slow, seen from the agents"),
    SPOOL_BYTES("ag06_spool_bytes", Kind.GAUGE, "bytes", "Their size on disk.", "as for ag06_spool_records"),
    SPOOL_FULLEST(
            "ag06_spool_fullest_ratio",
            Kind.GAUGE,
            "0..1",
            "How full the fullest of these spools is.",
            "near 1: the device's sound has gaps soon; v_device_health_now names the device"),
    MONITOR_READ_AT(
            "ag06_monitor_reading_timestamp_seconds",
            Kind.GAUGE,
            "seconds since 1970",
            "When the last reading was made; one is made every few seconds.",
            "a minute old: the monitor hangs; start it again, the log says what it waited for"),
    MONITOR_MINUTE(
            "ag06_monitor_minute_timestamp_seconds",
            Kind.GAUGE,
            "seconds since 1970",
            "Start of the last minute that was closed.",
            "five minutes old: as above"),
    MONITOR_UNPUBLISHED(
            "ag06_monitor_unpublished_records",
            Kind.GAUGE,
            "records",
            "Records of pipeline_health that wait for Kafka.",
            "when it grows: Kafka takes no records; they are kept on disk meanwhile");

    private static final String TOTAL = "_total";

    private final String metricName;
    private final Kind kind;
    private final String unit;
    private final String meaning;
    private final String whenItMoves;

    HealthMetric(String metricName, Kind kind, String unit, String meaning, String whenItMoves) {
        this.metricName = metricName;
        this.kind = kind;
        this.unit = unit;
        this.meaning = meaning;
        this.whenItMoves = whenItMoves;
    }

    /** As it is scraped. */
    public String metricName() {
        return metricName;
    }

    /** Whether it goes up and down, or up only. */
    public Kind kind() {
        return kind;
    }

    /** In words; values are never scaled. */
    public String unit() {
        return unit;
    }

    /** What it says, a sentence. */
    public String meaning() {
        return meaning;
    }

    /** What a person does about it. */
    public String whenItMoves() {
        return whenItMoves;
    }

    /** The name without what the exposition adds to a counter's. */
    String baseName() {
        return metricName.endsWith(TOTAL) ? metricName.substring(0, metricName.length() - TOTAL.length()) : metricName;
    }

    /** The kinds of metric. */
    public enum Kind {
        /** Goes up and down. */
        GAUGE,
        /** Only grows, and starts anew with the monitor. */
        COUNTER
    }
}
