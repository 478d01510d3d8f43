-- Reason   : a block that the server refuses for good is kept whole here, by the same protocol as any other row, so that
--            the job goes on and nothing is lost.
-- Rewrites : nothing; new table.
-- Sort key : a person asks what was refused for which table, in time order.

CREATE TABLE IF NOT EXISTS rejected_blocks
(
    table_name LowCardinality(String) COMMENT 'Table that the block was meant for.' CODEC(ZSTD(1)),
    block UInt64 COMMENT 'Name of the refused block, as its rows carry it in sink_block.' CODEC(ZSTD(1)),
    partition_key String COMMENT 'Partition of that table to which all rows of the block belong.' CODEC(ZSTD(1)),
    rows UInt64 COMMENT 'Rows in the block.' CODEC(ZSTD(1)),
    columns String COMMENT 'Columns of the payload, in its order, separated by commas.' CODEC(ZSTD(1)),
    error String COMMENT 'What the server answered.' CODEC(ZSTD(1)),
    refused_at DateTime64(6, 'UTC') COMMENT 'When it was refused, UTC.' CODEC(Delta, ZSTD(1)),
    payload String COMMENT 'The rows, in the format RowBinary.' CODEC(ZSTD(3)),
    sink_block UInt64 COMMENT 'Random name of the block in which this row was sent.' CODEC(ZSTD(1)),
    stored_at DateTime64(6, 'UTC') DEFAULT now64(6) COMMENT 'When the server took this row in, UTC.' CODEC(Delta, ZSTD(1)),
    INDEX sink_block_index sink_block TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toDate(refused_at)
ORDER BY (table_name, refused_at)
TTL toDateTime(refused_at) + INTERVAL 90 DAY
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, lightweight_mutation_projection_mode = 'rebuild'
COMMENT 'Blocks that the server refused: one row is one block, whole';
