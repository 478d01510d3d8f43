-- Reason   : how is each service, and each device, right now? One row each over the last five closed minutes.
-- Rewrites : nothing; views hold no data.
-- Sort key : none of their own; the condition on time reaches the partials' partitions and sort key.

CREATE VIEW IF NOT EXISTS v_service_health_now
(
    service LowCardinality(String) COMMENT 'The service; all of its operations and regions together.',
    window_start DateTime('UTC') COMMENT 'Start of the five minutes looked at, UTC.',
    window_end DateTime('UTC') COMMENT 'Their end, the start of the current minute, UTC; does not belong to them.',
    requests UInt64 COMMENT 'Requests in these five minutes.',
    requests_per_second Float64 COMMENT 'The same over 300 s, 1/s.',
    errors UInt64 COMMENT 'Failed ones: error, or status 500 and above.',
    error_ratio Nullable(Float64) COMMENT 'errors / requests, 0..1; null without requests.',
    latency_p50_us Nullable(Float64) COMMENT 'Median duration, microseconds, within 1 %; null without requests.',
    latency_p99_us Nullable(Float64) COMMENT '99th percentile of duration, microseconds; null without requests.',
    slow_requests UInt64 COMMENT 'Requests slower than the threshold set for the job (1 s by default).',
    saturation Map(String, Float64) COMMENT 'Largest use of each resource (cpu, memory, inflight), 0..1.',
    saturation_max Nullable(Float64) COMMENT 'Use of the fullest resource, 0..1; null without readings.'
)
AS SELECT
    entity_id AS service,
    toStartOfMinute(now('UTC')) - INTERVAL 5 MINUTE AS window_start,
    toStartOfMinute(now('UTC')) AS window_end,
    sum(s.events) AS requests,
    requests / 300 AS requests_per_second,
    sum(s.errors) AS errors,
    if(requests = 0, NULL, errors / requests) AS error_ratio,
    ag06_latency_at(sumMap(s.latency_bins), sum(s.latency_zeros), 500) AS latency_p50_us,
    ag06_latency_at(sumMap(s.latency_bins), sum(s.latency_zeros), 990) AS latency_p99_us,
    sum(s.slow_events) AS slow_requests,
    maxMap(s.saturation) AS saturation,
    if(empty(saturation), NULL, arrayMax(mapValues(saturation))) AS saturation_max
FROM ${database}.golden_signals_every(seconds = 60) AS s
WHERE s.entity_kind = 'service'
    AND s.window_start >= toStartOfMinute(now('UTC')) - INTERVAL 5 MINUTE
    AND s.window_start < toStartOfMinute(now('UTC'))
GROUP BY service
ORDER BY service
COMMENT 'Health of each service over the last five closed minutes';

-- Only streams heard in these minutes are looked through for gaps: that keeps the search to the live ones' sort key.
CREATE VIEW IF NOT EXISTS v_device_health_now
(
    device_id String COMMENT 'The device; all of its streams together.',
    window_start DateTime('UTC') COMMENT 'Start of the five minutes looked at, UTC.',
    window_end DateTime('UTC') COMMENT 'Their end, the start of the current minute, UTC; does not belong to them.',
    frames UInt64 COMMENT 'Frames of 100 ms of sound in these five minutes, the missing ones included.',
    missing_frames UInt64 COMMENT 'Frames that never came.',
    errors UInt64 COMMENT 'Frames with xruns or clipped samples, plus the missing ones.',
    error_ratio Nullable(Float64) COMMENT 'errors / frames, 0..1; null without frames.',
    latency_p50_us Nullable(Float64) COMMENT 'Median capture latency, microseconds, within 1 %; null without frames.',
    latency_p99_us Nullable(Float64) COMMENT '99th percentile of capture latency, microseconds; null without frames.',
    slow_frames UInt64 COMMENT 'Frames slower than the threshold set for the job (500 ms by default).',
    saturation Map(String, Float64) COMMENT 'Largest use of each resource (cpu, memory, disk, buffer, spool), 0..1.',
    saturation_max Nullable(Float64) COMMENT 'Use of the fullest resource, 0..1; null without readings.'
)
AS SELECT
    entity_id AS device_id,
    toStartOfMinute(now('UTC')) - INTERVAL 5 MINUTE AS window_start,
    toStartOfMinute(now('UTC')) AS window_end,
    sum(d.events) AS frames,
    sum(assumeNotNull(d.missing_frames)) AS missing_frames,
    sum(d.errors) AS errors,
    if(frames = 0, NULL, errors / frames) AS error_ratio,
    ag06_latency_at(sumMap(d.latency_bins), sum(d.latency_zeros), 500) AS latency_p50_us,
    ag06_latency_at(sumMap(d.latency_bins), sum(d.latency_zeros), 990) AS latency_p99_us,
    sum(d.slow_events) AS slow_frames,
    maxMap(d.saturation) AS saturation,
    if(empty(saturation), NULL, arrayMax(mapValues(saturation))) AS saturation_max
FROM ${database}.golden_signals_every(seconds = 60) AS d
WHERE d.entity_kind = 'device'
    AND d.window_start >= toStartOfMinute(now('UTC')) - INTERVAL 5 MINUTE
    AND d.window_start < toStartOfMinute(now('UTC'))
    AND (d.entity_id, d.operation) IN (
        SELECT p.entity_id, p.operation
        FROM golden_signals_partials AS p
        WHERE p.entity_kind = 'device'
            AND p.window_start >= toStartOfMinute(now('UTC')) - INTERVAL 5 MINUTE
            AND p.window_start < toStartOfMinute(now('UTC')))
GROUP BY device_id
ORDER BY device_id
COMMENT 'Health of each device over the last five closed minutes';
