-- Reason   : the raw tables, one for each topic: every Kafka record is kept, once, with where it stood in Kafka.
-- Rewrites : nothing; new tables.
--
-- Columns are the record's fields (schemas/src/main/avro), then what the sink knows of the record, then stored_at, which
-- the server fills. A part holds rows of one day of append time, so that a block is stored as one part, all or nothing,
-- and that retention drops whole parts.
--
-- sink_block_index  : the sink looks a block up by its name before it sends it again.
-- kafka_offset_index: a job that starts from an older checkpoint asks for rows with later offsets.
-- event_time_index  : readers ask by event time, while partitions go by append time.
-- kafka_offsets     : which offsets of a partition are stored is read from a few rows per part, not from all of them.
-- Every statement can be run again, since ClickHouse has no transactions for DDL.

-- Sort key: frames are read by device, stream and time (levels of a take, gaps in a stream).
CREATE TABLE IF NOT EXISTS audio_frames
(
    device_id String COMMENT 'The mixer or machine the sound came from.' CODEC(ZSTD(1)),
    stream_id String COMMENT 'One uninterrupted capture; a new one begins with each start of the agent, with sequence 0.' CODEC(ZSTD(1)),
    sequence Int64 COMMENT 'Number of the frame within its stream, from 0 without gaps; a missing number is a lost frame.' CODEC(Delta, ZSTD(1)),
    event_time DateTime64(6, 'UTC') COMMENT 'When the first sample of the frame was captured, UTC.' CODEC(Delta, ZSTD(1)),
    sample_rate_hz Int32 COMMENT 'Sampling rate of the stream, Hz.' CODEC(ZSTD(1)),
    frame_samples Int32 COMMENT 'Samples per channel in this frame: sample_rate_hz / 10, fewer in the last frame of a stream.' CODEC(ZSTD(1)),
    channels Array(Tuple(rms_dbfs Float64, sample_peak_dbfs Float64, true_peak_dbtp Nullable(Float64), clipped_samples Int64, dc_offset Float64)) COMMENT 'Levels of each channel, in the order of the stream (left, right). rms_dbfs and sample_peak_dbfs in dBFS (floor -120), true_peak_dbtp in dBTP (null where not measured), dc_offset on a scale of -1..1.' CODEC(ZSTD(1)),
    momentary_lufs Nullable(Float64) COMMENT 'Loudness over the 400 ms that end with this frame (BS.1770-4), LUFS; null until the window is full, or where the agent does not measure it.' CODEC(ZSTD(1)),
    short_term_lufs Nullable(Float64) COMMENT 'Loudness over the 3 s that end with this frame, LUFS; null until the window is full, or where the agent does not measure it.' CODEC(ZSTD(1)),
    stereo_correlation Nullable(Float64) COMMENT 'Pearson correlation of left and right over the frame, -1..1; null for mono or where a channel is silent.' CODEC(ZSTD(1)),
    spectral_centroid_hz Float64 COMMENT 'Centre of mass of the amplitude spectrum of the mono mix (Hann window), Hz; 0 for digital silence.' CODEC(ZSTD(1)),
    band_levels_dbfs Array(Float64) COMMENT 'Level of the mono mix in the octave bands centred on 31.5, 63, 125, 250, 500, 1k, 2k, 4k, 8k and 16k Hz, dBFS; floor -120.' CODEC(ZSTD(1)),
    silent Bool COMMENT 'Whether the RMS of every channel is below the silence threshold (-60 dBFS unless set otherwise).' CODEC(ZSTD(1)),
    xruns Int32 COMMENT 'Gaps in the captured sound found since the previous frame.' CODEC(ZSTD(1)),
    capture_latency_us Int64 COMMENT 'From the capture of the frame''s last sample to the record''s hand-over to the producer, microseconds.' CODEC(ZSTD(1)),
    momentary_max_lufs Nullable(Float64) COMMENT 'Largest momentary loudness whose window ended within this frame, over steps of 10 ms, LUFS; null as momentary_lufs.' CODEC(ZSTD(1)),
    short_term_max_lufs Nullable(Float64) COMMENT 'Largest short-term loudness whose window ended within this frame, over steps of 10 ms, LUFS; null as short_term_lufs.' CODEC(ZSTD(1)),
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
ORDER BY (device_id, stream_id, event_time)
TTL toDateTime(appended_at) + INTERVAL 90 DAY
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, lightweight_mutation_projection_mode = 'rebuild'
COMMENT 'Facts of topic ag06.audio-frames: one row is what was measured in 100 ms of one sound stream';

-- Sort key: readings are read by device and time.
CREATE TABLE IF NOT EXISTS device_metrics
(
    device_id String COMMENT 'The mixer or machine.' CODEC(ZSTD(1)),
    event_time DateTime64(6, 'UTC') COMMENT 'When the readings were taken, UTC.' CODEC(Delta, ZSTD(1)),
    sample_rate_hz Int32 COMMENT 'Sampling rate of the current stream, Hz; 0 while no stream is open.' CODEC(ZSTD(1)),
    buffer_frames Int32 COMMENT 'Size of the capture buffer, samples per channel.' CODEC(ZSTD(1)),
    buffer_fill Float64 COMMENT 'Largest fill of the capture buffer since the previous record, 0..1.' CODEC(ZSTD(1)),
    xruns_total Int64 COMMENT 'Gaps in the captured sound since the agent started.' CODEC(Delta, ZSTD(1)),
    clock_drift_ppm Nullable(Float64) COMMENT 'Captured samples over the monotonic clock against the nominal rate, last 60 s, parts per million; null until it can be told.' CODEC(ZSTD(1)),
    cpu_utilisation Float64 COMMENT 'Share of all processor time in use since the previous record, 0..1.' CODEC(ZSTD(1)),
    memory_used_bytes Int64 COMMENT 'Memory in use (total less available), bytes.' CODEC(ZSTD(1)),
    memory_total_bytes Int64 COMMENT 'Physical memory, bytes.' CODEC(ZSTD(1)),
    disk_used_bytes Int64 COMMENT 'Used space of the file system that holds the agent''s spool, bytes.' CODEC(ZSTD(1)),
    disk_total_bytes Int64 COMMENT 'Size of that file system, bytes.' CODEC(ZSTD(1)),
    network_rx_bytes Int64 COMMENT 'Bytes received on all interfaces but loopback since the machine started.' CODEC(Delta, ZSTD(1)),
    network_tx_bytes Int64 COMMENT 'Bytes sent, likewise.' CODEC(Delta, ZSTD(1)),
    agent_heap_used_bytes Int64 COMMENT 'Java heap in use by the agent, bytes.' CODEC(ZSTD(1)),
    spool_records Int64 COMMENT 'Records taken in but not yet acknowledged by Kafka.' CODEC(ZSTD(1)),
    spool_bytes Int64 COMMENT 'Their size on disk, bytes.' CODEC(ZSTD(1)),
    spool_limit_bytes Int64 COMMENT 'Size at which the spool is full, bytes.' CODEC(ZSTD(1)),
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
ORDER BY (device_id, event_time)
TTL toDateTime(appended_at) + INTERVAL 90 DAY
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, lightweight_mutation_projection_mode = 'rebuild'
COMMENT 'Facts of topic ag06.device-metrics: one row is the health of one machine beside a mixer at one second';

-- Sort key: requests are read by service, operation and time; event_id only ever for one of them.
CREATE TABLE IF NOT EXISTS service_requests
(
    event_id String COMMENT 'Unique name of the event.' CODEC(ZSTD(1)),
    event_time DateTime64(6, 'UTC') COMMENT 'When the request began, UTC.' CODEC(Delta, ZSTD(1)),
    service LowCardinality(String) COMMENT 'The service that answered.' CODEC(ZSTD(1)),
    operation LowCardinality(String) COMMENT 'What was asked of it, a name of few values (a route, not a URL).' CODEC(ZSTD(1)),
    region LowCardinality(String) COMMENT 'Where it was answered.' CODEC(ZSTD(1)),
    status_code Int32 COMMENT 'HTTP status, or 0 where there is none.' CODEC(ZSTD(1)),
    error Bool COMMENT 'Whether the service itself calls the request failed; a status of 500 or above counts as failed too.' CODEC(ZSTD(1)),
    duration_us Int64 COMMENT 'From the request''s arrival to its answer''s last byte, microseconds.' CODEC(ZSTD(1)),
    request_bytes Int64 COMMENT 'Size of the request''s body, bytes.' CODEC(ZSTD(1)),
    response_bytes Int64 COMMENT 'Size of the answer''s body, bytes.' CODEC(ZSTD(1)),
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
ORDER BY (service, operation, event_time)
TTL toDateTime(appended_at) + INTERVAL 90 DAY
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, lightweight_mutation_projection_mode = 'rebuild'
COMMENT 'Facts of topic ag06.service-requests: one row is one request served by a cloud service';

-- Sort key: loads are read by service and time.
CREATE TABLE IF NOT EXISTS service_metrics
(
    service LowCardinality(String) COMMENT 'The service.' CODEC(ZSTD(1)),
    event_time DateTime64(6, 'UTC') COMMENT 'When the readings were taken, UTC.' CODEC(Delta, ZSTD(1)),
    replicas Int32 COMMENT 'Replicas ready to serve.' CODEC(ZSTD(1)),
    cpu_utilisation Float64 COMMENT 'Mean share of the replicas'' processor limit in use, 0..1.' CODEC(ZSTD(1)),
    memory_utilisation Float64 COMMENT 'Mean share of the replicas'' memory limit in use, 0..1.' CODEC(ZSTD(1)),
    inflight_requests Int64 COMMENT 'Requests being served at that instant.' CODEC(ZSTD(1)),
    max_inflight_requests Int64 COMMENT 'Requests that the replicas together may serve at once; 0 where there is no limit.' CODEC(ZSTD(1)),
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
ORDER BY (service, event_time)
TTL toDateTime(appended_at) + INTERVAL 90 DAY
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, lightweight_mutation_projection_mode = 'rebuild'
COMMENT 'Facts of topic ag06.service-metrics: one row is the load of one cloud service at one instant';

-- Sort key: a person asks what was refused from which topic, at which stage, in time order. The topic it was read
-- from (kafka_topic) differs from topic where the record came from ag06.dead-letters itself.
CREATE TABLE IF NOT EXISTS dead_letters
(
    topic LowCardinality(String) COMMENT 'The topic that the record was read from, or was meant for.' CODEC(ZSTD(1)),
    `partition` Int32 COMMENT 'Its partition; -1 where it never had one.' CODEC(ZSTD(1)),
    `offset` Int64 COMMENT 'Its offset; -1 where it never had one.' CODEC(Delta, ZSTD(1)),
    stage LowCardinality(String) COMMENT 'Where it was refused: decode, rules or store.' CODEC(ZSTD(1)),
    error String COMMENT 'Why, in words for a person.' CODEC(ZSTD(1)),
    seen_at DateTime64(6, 'UTC') COMMENT 'When it was refused, UTC.' CODEC(Delta, ZSTD(1)),
    original String COMMENT 'The bytes of its value, as they were; empty for a record without a value.' CODEC(ZSTD(1)),
    kafka_topic LowCardinality(String) COMMENT 'Topic of the Kafka record that this row was written for.' CODEC(ZSTD(1)),
    kafka_partition Int32 COMMENT 'Partition of the Kafka record.' CODEC(ZSTD(1)),
    kafka_offset Int64 COMMENT 'Offset of the Kafka record in its partition.' CODEC(Delta, ZSTD(1)),
    appended_at DateTime64(3, 'UTC') COMMENT 'When Kafka appended the record (LogAppendTime), UTC; what lateness and retention are reckoned from.' CODEC(Delta, ZSTD(1)),
    sink_block UInt64 COMMENT 'Random name of the block in which the sink sent this row; all of a block is stored, or nothing.' CODEC(ZSTD(1)),
    stored_at DateTime64(6, 'UTC') DEFAULT now64(6) COMMENT 'When the server took the row in, UTC.' CODEC(Delta, ZSTD(1)),
    INDEX kafka_offset_index kafka_offset TYPE minmax GRANULARITY 1,
    INDEX sink_block_index sink_block TYPE bloom_filter(0.001) GRANULARITY 1,
    PROJECTION kafka_offsets (SELECT kafka_topic, kafka_partition, min(kafka_offset), max(kafka_offset), count() GROUP BY kafka_topic, kafka_partition)
)
ENGINE = MergeTree
PARTITION BY toDate(appended_at)
ORDER BY (topic, stage, seen_at)
TTL toDateTime(appended_at) + INTERVAL 90 DAY
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, lightweight_mutation_projection_mode = 'rebuild'
COMMENT 'Facts: one row is one record that could not be taken in, kept whole so that it can be looked at and sent again';
