-- Reason   : how each job of the pipeline fared, minute by minute: the raw table of topic ag06.pipeline-health, and the two
--            questions that are asked of it.
-- Rewrites : nothing; a new table and views.
-- Sort key : a job's minutes are read in the order of time.
--
-- The indexes and the projection are those of every raw table (V0001).

CREATE TABLE IF NOT EXISTS pipeline_health
(
    job LowCardinality(String) COMMENT 'The job, by the name under which it is submitted.' CODEC(ZSTD(1)),
    event_time DateTime64(6, 'UTC') COMMENT 'Start of the minute, UTC.' CODEC(Delta, ZSTD(1)),
    state Nullable(String) COMMENT 'How Flink called the job at the minute''s end (RUNNING, RESTARTING, ...), or ABSENT where it did not have it; null where Flink did not answer.' CODEC(ZSTD(1)),
    restarts Nullable(Int64) COMMENT 'How often it was started again in this minute.' CODEC(ZSTD(1)),
    records_in Nullable(Int64) COMMENT 'Records taken from Kafka; those read again after a restart are counted again.' CODEC(ZSTD(1)),
    records_out Nullable(Int64) COMMENT 'Rows stored by the sink, or found stored already.' CODEC(ZSTD(1)),
    lag_records Nullable(Int64) COMMENT 'Offsets of committed records that the job has yet to take in, at the minute''s end; the offsets of transactions'' marks in between are counted with them.' CODEC(ZSTD(1)),
    event_to_query_p50_us Nullable(Int64) COMMENT 'From an event''s time until it could be queried as this job''s row, median over the events whose rows appeared in this minute, microseconds, within 1 %; negative where clocks differ.' CODEC(ZSTD(1)),
    event_to_query_p99_us Nullable(Int64) COMMENT 'The same, 99th percentile.' CODEC(ZSTD(1)),
    dead_letters Nullable(Int64) COMMENT 'Records that the job refused: event-archive keeps each in dead_letters, other jobs skip it.' CODEC(ZSTD(1)),
    repeats Nullable(Int64) COMMENT 'Stored records whose identity had come before within the ten minutes before; they are counted here, and kept.' CODEC(ZSTD(1)),
    checkpoint_age_us Nullable(Int64) COMMENT 'Since the last completed checkpoint, at the minute''s end, microseconds.' CODEC(ZSTD(1)),
    checkpoint_duration_us Nullable(Int64) COMMENT 'How long the last completed checkpoint took, microseconds.' CODEC(ZSTD(1)),
    checkpoint_bytes Nullable(Int64) COMMENT 'Size of its state, bytes.' CODEC(ZSTD(1)),
    circuit Nullable(String) COMMENT 'Whether the sink was sending at the minute''s end (closed) or waiting for ClickHouse (open).' CODEC(ZSTD(1)),
    circuit_open_us Nullable(Int64) COMMENT 'How long of this minute the sink waited for ClickHouse, mean over its tasks, microseconds.' CODEC(ZSTD(1)),
    blocks_sent Nullable(Int64) COMMENT 'Blocks that the sink sent and ClickHouse stored.' CODEC(ZSTD(1)),
    blocks_found Nullable(Int64) COMMENT 'Blocks that a look-up found stored, so that they were not sent again.' CODEC(ZSTD(1)),
    blocks_rejected Nullable(Int64) COMMENT 'Blocks that ClickHouse refused, kept in rejected_blocks.' CODEC(ZSTD(1)),
    spilled_bytes Nullable(Int64) COMMENT 'Bytes of blocks that went to files, since they did not fit in memory.' CODEC(ZSTD(1)),
    spool_records Nullable(Int64) COMMENT 'Records that waited at the minute''s end in the spools of the agents whose readings the job takes in.' CODEC(ZSTD(1)),
    spool_bytes Nullable(Int64) COMMENT 'Their size on disk, bytes.' CODEC(ZSTD(1)),
    topics Array(Tuple(topic String, lag_records Nullable(Int64), records_stored Nullable(Int64), repeats Nullable(Int64))) COMMENT 'By topic that the job reads: its lag_records, records_stored (rows that appeared in its raw table in this minute) and repeats; null where not known, or where the job does not fill the raw table.' CODEC(ZSTD(1)),
    kafka_partition Int32 COMMENT 'Partition of the Kafka record.' CODEC(ZSTD(1)),
    kafka_offset Int64 COMMENT 'Offset of the Kafka record in its partition.' CODEC(Delta, ZSTD(1)),
    appended_at DateTime64(3, 'UTC') COMMENT 'When Kafka appended the record (LogAppendTime), UTC; what lateness and retention are reckoned from.' CODEC(Delta, ZSTD(1)),
    sink_block UInt64 COMMENT 'Random name of the block in which the sink sent this row; all of a block is stored, or nothing.' CODEC(ZSTD(1)),
    stored_at DateTime64(6, 'UTC') DEFAULT now64(6) COMMENT 'When the server took the row in, UTC.' CODEC(Delta, ZSTD(1)),
    INDEX event_time_index event_time TYPE minmax GRANULARITY 1,
    INDEX kafka_offset_index kafka_offset TYPE minmax GRANULARITY 1,
    INDEX sink_block_index sink_block TYPE bloom_filter(0.001) GRANULARITY 1,
    PROJECTION kafka_offsets (SELECT kafka_partition, min(kafka_offset), max(kafka_offset), count() GROUP BY kafka_partition)
)
ENGINE = MergeTree
PARTITION BY toDate(appended_at)
ORDER BY (job, event_time)
TTL toDateTime(appended_at) + INTERVAL 90 DAY
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, lightweight_mutation_projection_mode = 'rebuild'
COMMENT 'Facts of topic ag06.pipeline-health: one row is one job of the pipeline in one minute';

CREATE VIEW IF NOT EXISTS v_pipeline_now
(
    job LowCardinality(String) COMMENT 'The job.',
    minute DateTime('UTC') COMMENT 'Start of the newest minute that is stored of it, UTC; none within the last hour, no row.',
    state Nullable(String) COMMENT 'How Flink called the job at the minute''s end (RUNNING, RESTARTING, ...), or ABSENT where it did not have it; null where Flink did not answer.',
    circuit Nullable(String) COMMENT 'Whether the sink was sending at the minute''s end (closed) or waiting for ClickHouse (open).',
    records_in Nullable(Int64) COMMENT 'Records taken from Kafka; those read again after a restart are counted again.',
    records_out Nullable(Int64) COMMENT 'Rows stored by the sink, or found stored already.',
    lag_records Nullable(Int64) COMMENT 'Offsets of committed records that the job has yet to take in, at the minute''s end; the offsets of transactions'' marks in between are counted with them.',
    event_to_query_p50_us Nullable(Int64) COMMENT 'From an event''s time until it could be queried as this job''s row, median over the events whose rows appeared in this minute, microseconds, within 1 %; negative where clocks differ.',
    event_to_query_p99_us Nullable(Int64) COMMENT 'The same, 99th percentile.',
    checkpoint_age_us Nullable(Int64) COMMENT 'Since the last completed checkpoint, at the minute''s end, microseconds.',
    dead_letters Nullable(Int64) COMMENT 'Records that the job refused: event-archive keeps each in dead_letters, other jobs skip it.',
    repeats Nullable(Int64) COMMENT 'Stored records whose identity had come before within the ten minutes before; they are counted here, and kept.',
    blocks_rejected Nullable(Int64) COMMENT 'Blocks that ClickHouse refused, kept in rejected_blocks.',
    restarts Nullable(Int64) COMMENT 'How often it was started again in this minute.',
    spool_records Nullable(Int64) COMMENT 'Records that waited at the minute''s end in the spools of the agents whose readings the job takes in.'
)
AS SELECT
    h.job AS job,
    toDateTime(h.event_time, 'UTC') AS minute,
    h.state AS state,
    h.circuit AS circuit,
    h.records_in AS records_in,
    h.records_out AS records_out,
    h.lag_records AS lag_records,
    h.event_to_query_p50_us AS event_to_query_p50_us,
    h.event_to_query_p99_us AS event_to_query_p99_us,
    h.checkpoint_age_us AS checkpoint_age_us,
    h.dead_letters AS dead_letters,
    h.repeats AS repeats,
    h.blocks_rejected AS blocks_rejected,
    h.restarts AS restarts,
    h.spool_records AS spool_records
FROM ${database}.pipeline_health AS h
WHERE h.event_time >= now('UTC') - INTERVAL 1 HOUR
ORDER BY job, minute DESC
LIMIT 1 BY job
COMMENT 'Each job of the pipeline in the newest minute that is stored of it';

CREATE VIEW IF NOT EXISTS v_pipeline_troubles
(
    minute DateTime('UTC') COMMENT 'Start of the minute, UTC.',
    job LowCardinality(String) COMMENT 'The job.',
    troubles Array(String) COMMENT 'What was not as it should be, in words for a person.',
    lag_records Nullable(Int64) COMMENT 'Offsets of committed records that the job has yet to take in, at the minute''s end; the offsets of transactions'' marks in between are counted with them.',
    circuit_open_us Nullable(Int64) COMMENT 'How long of this minute the sink waited for ClickHouse, mean over its tasks, microseconds.',
    dead_letters Nullable(Int64) COMMENT 'Records that the job refused: event-archive keeps each in dead_letters, other jobs skip it.',
    repeats Nullable(Int64) COMMENT 'Stored records whose identity had come before within the ten minutes before; they are counted here, and kept.',
    blocks_rejected Nullable(Int64) COMMENT 'Blocks that ClickHouse refused, kept in rejected_blocks.'
)
AS SELECT
    toDateTime(h.event_time, 'UTC') AS minute,
    h.job AS job,
    arrayFilter(trouble -> trouble != '', [
        multiIf(h.state IS NULL, 'Flink did not answer', h.state = 'RUNNING', '', concat('job ', lower(assumeNotNull(h.state)))),
        if(ifNull(h.restarts, 0) > 0, 'restarted', ''),
        if(ifNull(h.circuit_open_us, 0) > 0 OR ifNull(h.circuit, '') = 'open', 'waited for ClickHouse', ''),
        if(ifNull(h.checkpoint_age_us, 0) > 120000000, 'no checkpoint for two minutes', ''),
        if(ifNull(h.dead_letters, 0) > 0, 'dead letters', ''),
        if(ifNull(h.blocks_rejected, 0) > 0, 'rejected blocks', ''),
        if(ifNull(h.repeats, 0) > 0, 'repeats', '')
    ]) AS troubles,
    h.lag_records AS lag_records,
    h.circuit_open_us AS circuit_open_us,
    h.dead_letters AS dead_letters,
    h.repeats AS repeats,
    h.blocks_rejected AS blocks_rejected
FROM ${database}.pipeline_health AS h
WHERE h.event_time >= now('UTC') - INTERVAL 1 DAY AND notEmpty(troubles)
ORDER BY minute DESC, job
COMMENT 'Minutes of the last day in which a job of the pipeline was not well, newest first';
