-- Reason   : golden signals (docs/golden-signals.md) as partial aggregates that add up. A row covers one stretch of one
--            Kafka partition; any number of rows may exist for one entity and bucket, so no event is ever late.
-- Rewrites : nothing; new table.
-- Sort key : an entity's rows over time lie together; the rows of one bucket are read by the view's grouping in this
--            order. The day of the bucket is the partition, so that a range of time reads only its days.
--
-- sink_block_index : the sink looks a block up by its name before it sends it again.
-- offset_last_index: a job that starts from an older checkpoint asks for rows with later offsets.
-- kafka_offsets    : which offsets of a partition are covered is read from a few rows per part.

CREATE TABLE IF NOT EXISTS golden_signals_partials
(
    entity_kind LowCardinality(String) COMMENT 'device, service or pipeline.' CODEC(ZSTD(1)),
    entity_id String COMMENT 'The device, the service or the job.' CODEC(ZSTD(1)),
    operation String COMMENT 'What was asked of a service; the stream of a device; empty for readings of the entity as a whole.' CODEC(ZSTD(1)),
    region LowCardinality(String) COMMENT 'Where a request was answered; empty for devices and for readings of the entity as a whole.' CODEC(ZSTD(1)),
    window_start DateTime('UTC') COMMENT 'Start of the bucket of 10 s of event time, aligned to the epoch, UTC.' CODEC(Delta, ZSTD(1)),
    events UInt64 COMMENT 'Requests, or frames that came.' CODEC(ZSTD(1)),
    bytes UInt64 COMMENT 'Request plus response bytes; 0 for devices.' CODEC(ZSTD(1)),
    errors UInt64 COMMENT 'Failed requests (error, or status 500 and above), or frames with xruns or clipped samples.' CODEC(ZSTD(1)),
    latency_bins Map(Int16, UInt64) COMMENT 'Latencies above 0 by DDSketch bin (relative accuracy 0.01): bin i holds [g^i, g^(i+1)) microseconds, g = 1.01/0.99.' CODEC(ZSTD(1)),
    latency_zeros UInt64 COMMENT 'Latencies of 0.' CODEC(ZSTD(1)),
    latency_ok_bins Map(Int16, UInt64) COMMENT 'latency_bins of those without error.' CODEC(ZSTD(1)),
    latency_ok_zeros UInt64 COMMENT 'latency_zeros of those without error.' CODEC(ZSTD(1)),
    slow_events UInt64 COMMENT 'Latencies above the threshold set for the job (1 s for services, 500 ms for devices by default).' CODEC(ZSTD(1)),
    saturation Map(LowCardinality(String), Float64) COMMENT 'Largest use of each resource, 0..1: cpu, memory, inflight of a service; cpu, memory, disk, buffer, spool of a device.' CODEC(ZSTD(1)),
    sequence_min Nullable(Int64) COMMENT 'Smallest frame number; null where the row has no frames.' CODEC(ZSTD(1)),
    sequence_max Nullable(Int64) COMMENT 'Largest frame number; null where the row has no frames.' CODEC(ZSTD(1)),
    kafka_topic LowCardinality(String) COMMENT 'Topic of the records that the row covers.' CODEC(ZSTD(1)),
    kafka_partition Int32 COMMENT 'Their partition.' CODEC(ZSTD(1)),
    offset_first Int64 COMMENT 'Offset of the first of them.' CODEC(Delta, ZSTD(1)),
    offset_last Int64 COMMENT 'Offset of the last of them.' CODEC(Delta, ZSTD(1)),
    sink_block UInt64 COMMENT 'Random name of the block in which the sink sent this row; all of a block is stored, or nothing.' CODEC(ZSTD(1)),
    stored_at DateTime64(6, 'UTC') DEFAULT now64(6) COMMENT 'When the server took the row in, UTC.' CODEC(Delta, ZSTD(1)),
    INDEX offset_last_index offset_last TYPE minmax GRANULARITY 1,
    INDEX sink_block_index sink_block TYPE bloom_filter(0.001) GRANULARITY 1,
    PROJECTION kafka_offsets (SELECT kafka_topic, kafka_partition, min(offset_first), max(offset_last), count() GROUP BY kafka_topic, kafka_partition)
)
ENGINE = MergeTree
PARTITION BY toDate(window_start)
ORDER BY (entity_kind, entity_id, operation, region, window_start)
TTL window_start + INTERVAL 400 DAY
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, lightweight_mutation_projection_mode = 'rebuild'
COMMENT 'Partial golden signals of one entity in one 10 s bucket; they add up. Read the view golden_signals';
