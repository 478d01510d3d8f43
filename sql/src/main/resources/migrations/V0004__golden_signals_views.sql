-- Reason   : golden_signals and its larger grains, finished from the partials when read, so that they are exact at any
--            moment (formulas: docs/golden-signals.md).
-- Rewrites : nothing; functions and views hold no data.
-- Sort key : none of their own. A condition on entity_kind, entity_id, operation, region or window_start reaches the
--            partials' sort key and partitions. The one exception: which frames are missing before a bucket depends on
--            the bucket before it, so the gaps of devices are looked for over all time kept, in six narrow columns;
--            conditions on entity_kind, entity_id and operation narrow that as well.
--
-- ClickHouse puts a function's text into a view when the view is created: changing a function later changes no view.
-- A server has one set of functions for all its databases, hence the prefix.

-- The value that stands for DDSketch bin i: g^i (1 + a) with a = 0.01 and g = (1 + a) / (1 - a). The power is a product
-- of g^(2^k) for each bit k of i (0 <= i < 4096), each factor rounded correctly, multiplied in this order: so it is the
-- same double on every machine and in io.ag06.analytics.goldensignals.LatencyBins, which exp and pow do not promise.
CREATE OR REPLACE FUNCTION ag06_bin_value AS bin -> 1.01
    * if(bitTest(bin, 0), 1.02020202020202, 1)
    * if(bitTest(bin, 1), 1.0408121620242832, 1)
    * if(bitTest(bin, 2), 1.0832899566176628, 1)
    * if(bitTest(bin, 3), 1.1735171301086977, 1)
    * if(bitTest(bin, 4), 1.3771424546585544, 1)
    * if(bitTest(bin, 5), 1.8965213404229884, 1)
    * if(bitTest(bin, 6), 3.5967931946798086, 1)
    * if(bitTest(bin, 7), 12.936921285294984, 1)
    * if(bitTest(bin, 8), 167.36393234191843, 1)
    * if(bitTest(bin, 9), 28010.68584895025, 1)
    * if(bitTest(bin, 10), 784598521.7285817, 1)
    * if(bitTest(bin, 11), 6.155948402986757e17, 1);

-- The value at a quantile, given per mille (990 is p99), of the latencies counted in bins and zeros: the one of rank
-- floor(q (n - 1)), counted from 0, zeros first. Null where nothing was counted.
CREATE OR REPLACE FUNCTION ag06_latency_at AS (bins, zeros, permille) ->
    if(
        zeros + arraySum(mapValues(bins)) = 0,
        NULL,
        if(
            intDiv(permille * (zeros + arraySum(mapValues(bins)) - 1), 1000) < zeros,
            0,
            ag06_bin_value(mapKeys(bins)[arrayFirstIndex(
                below -> zeros + below > intDiv(permille * (zeros + arraySum(mapValues(bins)) - 1), 1000),
                arrayCumSum(mapValues(bins)))])));

-- Golden signals in buckets of any length that 10 s divides. What is missing between the buckets of a stream is one more
-- partial: it adds to events and errors of the later bucket. greatest(0, ...): a frame sent twice, or a clock set back,
-- must not undo frames that are missing elsewhere.
CREATE VIEW IF NOT EXISTS golden_signals_every AS
WITH
    gaps AS (
        SELECT
            entity_kind,
            entity_id,
            operation,
            region,
            bucket,
            toUInt64(greatest(0, last - first + 1 - frames) + greatest(0, ifNull(first - last_before - 1, 0))) AS missing
        FROM (
            SELECT
                entity_kind,
                entity_id,
                operation,
                region,
                window_start AS bucket,
                toInt64(sum(events)) AS frames,
                min(assumeNotNull(sequence_min)) AS first,
                max(assumeNotNull(sequence_max)) AS last,
                lagInFrame(toNullable(last)) OVER (
                    PARTITION BY entity_kind, entity_id, operation, region
                    ORDER BY bucket
                    ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS last_before
            FROM golden_signals_partials
            WHERE entity_kind = 'device' AND sequence_min IS NOT NULL
            GROUP BY entity_kind, entity_id, operation, region, bucket
        )
    ),
    partials AS (
        SELECT
            entity_kind, entity_id, operation, region, window_start AS bucket, events, bytes, errors,
            latency_bins, latency_zeros, latency_ok_bins, latency_ok_zeros, slow_events, saturation, 0 AS missing
        FROM golden_signals_partials
        UNION ALL
        SELECT
            entity_kind, entity_id, operation, region, bucket, missing, 0, missing,
            map(), 0, map(), 0, 0, map(), missing
        FROM gaps
        WHERE missing > 0
    ),
    merged AS (
        SELECT
            entity_kind,
            entity_id,
            operation,
            region,
            toStartOfInterval(bucket, toIntervalSecond({seconds:UInt32})) AS window_start,
            sum(p.events) AS events,
            sum(p.bytes) AS bytes,
            sum(p.errors) AS errors,
            sumMap(p.latency_bins) AS latency_bins,
            sum(p.latency_zeros) AS latency_zeros,
            sumMap(p.latency_ok_bins) AS latency_ok_bins,
            sum(p.latency_ok_zeros) AS latency_ok_zeros,
            sum(p.slow_events) AS slow_events,
            maxMap(p.saturation) AS saturation,
            sum(p.missing) AS missing
        FROM partials AS p
        GROUP BY entity_kind, entity_id, operation, region, window_start
    )
SELECT
    entity_kind,
    entity_id,
    operation,
    region,
    window_start,
    window_start + toIntervalSecond({seconds:UInt32}) AS window_end,
    events,
    events / {seconds:UInt32} AS events_per_second,
    if(entity_kind = 'device', NULL, bytes) AS bytes,
    errors,
    if(events = 0, NULL, errors / events) AS error_ratio,
    ag06_latency_at(latency_bins, latency_zeros, 500) AS latency_p50_us,
    ag06_latency_at(latency_bins, latency_zeros, 900) AS latency_p90_us,
    ag06_latency_at(latency_bins, latency_zeros, 950) AS latency_p95_us,
    ag06_latency_at(latency_bins, latency_zeros, 990) AS latency_p99_us,
    ag06_latency_at(latency_bins, latency_zeros, 999) AS latency_p999_us,
    latency_bins,
    latency_zeros,
    latency_ok_bins,
    latency_ok_zeros,
    slow_events,
    saturation,
    if(empty(saturation), NULL, arrayMax(mapValues(saturation))) AS saturation_max,
    if(entity_kind = 'device', missing, NULL) AS missing_frames
FROM merged;

CREATE VIEW IF NOT EXISTS golden_signals
(
    entity_kind LowCardinality(String) COMMENT 'device, service or pipeline.',
    entity_id String COMMENT 'The device, the service or the job.',
    operation String COMMENT 'What was asked of a service; the stream of a device; empty for readings of the entity as a whole.',
    region LowCardinality(String) COMMENT 'Where requests were answered; empty for devices and for readings of the entity as a whole.',
    window_start DateTime('UTC') COMMENT 'Start of the bucket of event time, aligned to the epoch, UTC; belongs to it.',
    window_end DateTime('UTC') COMMENT 'End of the bucket, UTC; does not belong to it.',
    events UInt64 COMMENT 'Traffic: requests; or frames, the missing ones included.',
    events_per_second Float64 COMMENT 'events over the length of the bucket, 1/s.',
    bytes Nullable(UInt64) COMMENT 'Traffic: request plus response bytes; null for devices.',
    errors UInt64 COMMENT 'Failed requests; or frames with xruns or clipped samples, plus missing frames.',
    error_ratio Nullable(Float64) COMMENT 'errors / events, 0..1; null without events.',
    latency_p50_us Nullable(Float64) COMMENT 'Median latency, microseconds, within 1 %; null without latencies (so the next four).',
    latency_p90_us Nullable(Float64) COMMENT '90th percentile of latency, microseconds.',
    latency_p95_us Nullable(Float64) COMMENT '95th percentile of latency, microseconds.',
    latency_p99_us Nullable(Float64) COMMENT '99th percentile of latency, microseconds.',
    latency_p999_us Nullable(Float64) COMMENT '99.9th percentile of latency, microseconds.',
    latency_bins Map(Int16, UInt64) COMMENT 'Latencies above 0 by DDSketch bin; add the counts to merge, ag06_latency_at() to read.',
    latency_zeros UInt64 COMMENT 'Latencies of 0.',
    latency_ok_bins Map(Int16, UInt64) COMMENT 'latency_bins of those without error.',
    latency_ok_zeros UInt64 COMMENT 'latency_zeros of those without error.',
    slow_events UInt64 COMMENT 'Latencies above the threshold set for the job.',
    saturation Map(String, Float64) COMMENT 'Largest use of each resource, 0..1.',
    saturation_max Nullable(Float64) COMMENT 'Use of the fullest resource, 0..1; null without readings.',
    missing_frames Nullable(UInt64) COMMENT 'Frames of a stream that never came, as far as can be told today; null for all but devices.'
)
AS SELECT * FROM ${database}.golden_signals_every(seconds = 10)
COMMENT 'Golden signals: one row is one entity in one bucket of 10 s';

CREATE VIEW IF NOT EXISTS golden_signals_1m
(
    entity_kind LowCardinality(String) COMMENT 'device, service or pipeline.',
    entity_id String COMMENT 'The device, the service or the job.',
    operation String COMMENT 'What was asked of a service; the stream of a device; empty for readings of the entity as a whole.',
    region LowCardinality(String) COMMENT 'Where requests were answered; empty for devices and for readings of the entity as a whole.',
    window_start DateTime('UTC') COMMENT 'Start of the bucket of event time, aligned to the epoch, UTC; belongs to it.',
    window_end DateTime('UTC') COMMENT 'End of the bucket, UTC; does not belong to it.',
    events UInt64 COMMENT 'Traffic: requests; or frames, the missing ones included.',
    events_per_second Float64 COMMENT 'events over the length of the bucket, 1/s.',
    bytes Nullable(UInt64) COMMENT 'Traffic: request plus response bytes; null for devices.',
    errors UInt64 COMMENT 'Failed requests; or frames with xruns or clipped samples, plus missing frames.',
    error_ratio Nullable(Float64) COMMENT 'errors / events, 0..1; null without events.',
    latency_p50_us Nullable(Float64) COMMENT 'Median latency, microseconds, within 1 %; null without latencies (so the next four).',
    latency_p90_us Nullable(Float64) COMMENT '90th percentile of latency, microseconds.',
    latency_p95_us Nullable(Float64) COMMENT '95th percentile of latency, microseconds.',
    latency_p99_us Nullable(Float64) COMMENT '99th percentile of latency, microseconds.',
    latency_p999_us Nullable(Float64) COMMENT '99.9th percentile of latency, microseconds.',
    latency_bins Map(Int16, UInt64) COMMENT 'Latencies above 0 by DDSketch bin; add the counts to merge, ag06_latency_at() to read.',
    latency_zeros UInt64 COMMENT 'Latencies of 0.',
    latency_ok_bins Map(Int16, UInt64) COMMENT 'latency_bins of those without error.',
    latency_ok_zeros UInt64 COMMENT 'latency_zeros of those without error.',
    slow_events UInt64 COMMENT 'Latencies above the threshold set for the job.',
    saturation Map(String, Float64) COMMENT 'Largest use of each resource, 0..1.',
    saturation_max Nullable(Float64) COMMENT 'Use of the fullest resource, 0..1; null without readings.',
    missing_frames Nullable(UInt64) COMMENT 'Frames of a stream that never came, as far as can be told today; null for all but devices.'
)
AS SELECT * FROM ${database}.golden_signals_every(seconds = 60)
COMMENT 'Golden signals: one row is one entity in one bucket of one minute';

CREATE VIEW IF NOT EXISTS golden_signals_1h
(
    entity_kind LowCardinality(String) COMMENT 'device, service or pipeline.',
    entity_id String COMMENT 'The device, the service or the job.',
    operation String COMMENT 'What was asked of a service; the stream of a device; empty for readings of the entity as a whole.',
    region LowCardinality(String) COMMENT 'Where requests were answered; empty for devices and for readings of the entity as a whole.',
    window_start DateTime('UTC') COMMENT 'Start of the bucket of event time, aligned to the epoch, UTC; belongs to it.',
    window_end DateTime('UTC') COMMENT 'End of the bucket, UTC; does not belong to it.',
    events UInt64 COMMENT 'Traffic: requests; or frames, the missing ones included.',
    events_per_second Float64 COMMENT 'events over the length of the bucket, 1/s.',
    bytes Nullable(UInt64) COMMENT 'Traffic: request plus response bytes; null for devices.',
    errors UInt64 COMMENT 'Failed requests; or frames with xruns or clipped samples, plus missing frames.',
    error_ratio Nullable(Float64) COMMENT 'errors / events, 0..1; null without events.',
    latency_p50_us Nullable(Float64) COMMENT 'Median latency, microseconds, within 1 %; null without latencies (so the next four).',
    latency_p90_us Nullable(Float64) COMMENT '90th percentile of latency, microseconds.',
    latency_p95_us Nullable(Float64) COMMENT '95th percentile of latency, microseconds.',
    latency_p99_us Nullable(Float64) COMMENT '99th percentile of latency, microseconds.',
    latency_p999_us Nullable(Float64) COMMENT '99.9th percentile of latency, microseconds.',
    latency_bins Map(Int16, UInt64) COMMENT 'Latencies above 0 by DDSketch bin; add the counts to merge, ag06_latency_at() to read.',
    latency_zeros UInt64 COMMENT 'Latencies of 0.',
    latency_ok_bins Map(Int16, UInt64) COMMENT 'latency_bins of those without error.',
    latency_ok_zeros UInt64 COMMENT 'latency_zeros of those without error.',
    slow_events UInt64 COMMENT 'Latencies above the threshold set for the job.',
    saturation Map(String, Float64) COMMENT 'Largest use of each resource, 0..1.',
    saturation_max Nullable(Float64) COMMENT 'Use of the fullest resource, 0..1; null without readings.',
    missing_frames Nullable(UInt64) COMMENT 'Frames of a stream that never came, as far as can be told today; null for all but devices.'
)
AS SELECT * FROM ${database}.golden_signals_every(seconds = 3600)
COMMENT 'Golden signals: one row is one entity in one bucket of one hour';

CREATE VIEW IF NOT EXISTS golden_signals_1d
(
    entity_kind LowCardinality(String) COMMENT 'device, service or pipeline.',
    entity_id String COMMENT 'The device, the service or the job.',
    operation String COMMENT 'What was asked of a service; the stream of a device; empty for readings of the entity as a whole.',
    region LowCardinality(String) COMMENT 'Where requests were answered; empty for devices and for readings of the entity as a whole.',
    window_start DateTime('UTC') COMMENT 'Start of the bucket of event time, aligned to the epoch, UTC; belongs to it.',
    window_end DateTime('UTC') COMMENT 'End of the bucket, UTC; does not belong to it.',
    events UInt64 COMMENT 'Traffic: requests; or frames, the missing ones included.',
    events_per_second Float64 COMMENT 'events over the length of the bucket, 1/s.',
    bytes Nullable(UInt64) COMMENT 'Traffic: request plus response bytes; null for devices.',
    errors UInt64 COMMENT 'Failed requests; or frames with xruns or clipped samples, plus missing frames.',
    error_ratio Nullable(Float64) COMMENT 'errors / events, 0..1; null without events.',
    latency_p50_us Nullable(Float64) COMMENT 'Median latency, microseconds, within 1 %; null without latencies (so the next four).',
    latency_p90_us Nullable(Float64) COMMENT '90th percentile of latency, microseconds.',
    latency_p95_us Nullable(Float64) COMMENT '95th percentile of latency, microseconds.',
    latency_p99_us Nullable(Float64) COMMENT '99th percentile of latency, microseconds.',
    latency_p999_us Nullable(Float64) COMMENT '99.9th percentile of latency, microseconds.',
    latency_bins Map(Int16, UInt64) COMMENT 'Latencies above 0 by DDSketch bin; add the counts to merge, ag06_latency_at() to read.',
    latency_zeros UInt64 COMMENT 'Latencies of 0.',
    latency_ok_bins Map(Int16, UInt64) COMMENT 'latency_bins of those without error.',
    latency_ok_zeros UInt64 COMMENT 'latency_zeros of those without error.',
    slow_events UInt64 COMMENT 'Latencies above the threshold set for the job.',
    saturation Map(String, Float64) COMMENT 'Largest use of each resource, 0..1.',
    saturation_max Nullable(Float64) COMMENT 'Use of the fullest resource, 0..1; null without readings.',
    missing_frames Nullable(UInt64) COMMENT 'Frames of a stream that never came, as far as can be told today; null for all but devices.'
)
AS SELECT * FROM ${database}.golden_signals_every(seconds = 86400)
COMMENT 'Golden signals: one row is one entity in one bucket of one day (UTC)';
