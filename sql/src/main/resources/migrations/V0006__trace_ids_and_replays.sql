-- Reason   : what this version's records need. A request says which distributed trace it belongs to (version 2 of
--            ServiceRequest), so that the requests of one trace can be found; and the new topic ag06.dead-letter-replays,
--            which says which dead letters were sent again, gets its raw table.
-- Rewrites : nothing; rows stored before have no trace (null). Parts written before have no trace_id_index.
-- Sort key : replays are read by the letter they are of. That of service_requests stays; traces are found by their index.
--
-- Replays are kept for longer than their topic keeps its records (100 days), and that for longer than dead letters are
-- kept: as long as a letter can be sent again, it is known that it was.
-- Jobs older than this migration keep writing: they name their columns, and trace_id is null where it is not named.

ALTER TABLE service_requests ADD COLUMN IF NOT EXISTS trace_id Nullable(String) COMMENT 'Id of the distributed trace that the request belongs to: 32 lower-case hexadecimal digits, as W3C Trace Context writes it; null where there is none.' CODEC(ZSTD(1)) AFTER response_bytes;

ALTER TABLE service_requests ADD INDEX IF NOT EXISTS trace_id_index trace_id TYPE bloom_filter(0.001) GRANULARITY 1;

CREATE TABLE IF NOT EXISTS dead_letter_replays
(
    letter_topic LowCardinality(String) COMMENT 'Topic of the Kafka record that the dead letter was written for: kafka_topic in dead_letters.' CODEC(ZSTD(1)),
    letter_partition Int32 COMMENT 'Its partition: kafka_partition in dead_letters.' CODEC(ZSTD(1)),
    letter_offset Int64 COMMENT 'Its offset: kafka_offset in dead_letters.' CODEC(Delta, ZSTD(1)),
    topic LowCardinality(String) COMMENT 'The topic that the bytes were sent to again.' CODEC(ZSTD(1)),
    `partition` Int32 COMMENT 'The partition they were sent to.' CODEC(ZSTD(1)),
    `offset` Int64 COMMENT 'The offset they have there.' CODEC(Delta, ZSTD(1)),
    replayed_at DateTime64(6, 'UTC') COMMENT 'When they were sent again, UTC.' CODEC(Delta, ZSTD(1)),
    kafka_partition Int32 COMMENT 'Partition of the Kafka record.' CODEC(ZSTD(1)),
    kafka_offset Int64 COMMENT 'Offset of the Kafka record in its partition.' CODEC(Delta, ZSTD(1)),
    appended_at DateTime64(3, 'UTC') COMMENT 'When Kafka appended the record (LogAppendTime), UTC; what lateness and retention are reckoned from.' CODEC(Delta, ZSTD(1)),
    sink_block UInt64 COMMENT 'Random name of the block in which the sink sent this row; all of a block is stored, or nothing.' CODEC(ZSTD(1)),
    stored_at DateTime64(6, 'UTC') DEFAULT now64(6) COMMENT 'When the server took the row in, UTC.' CODEC(Delta, ZSTD(1)),
    INDEX kafka_offset_index kafka_offset TYPE minmax GRANULARITY 1,
    INDEX sink_block_index sink_block TYPE bloom_filter(0.001) GRANULARITY 1,
    PROJECTION kafka_offsets (SELECT kafka_partition, min(kafka_offset), max(kafka_offset), count() GROUP BY kafka_partition)
)
ENGINE = MergeTree
PARTITION BY toDate(appended_at)
ORDER BY (letter_topic, letter_partition, letter_offset)
TTL toDateTime(appended_at) + INTERVAL 120 DAY
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, lightweight_mutation_projection_mode = 'rebuild'
COMMENT 'Facts of topic ag06.dead-letter-replays: one row is one dead letter whose bytes were sent again';
