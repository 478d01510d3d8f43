-- Reason   : what the job scaling-forecast announces of each service (docs/scaling.md): its forecasts, how good they were,
--            and the ledger of what was decided; and the raw table of topic ag06.scaling-actions.
-- Rewrites : nothing; new tables and views.
-- Sort key : a service's announcements are read in the order of time. They are told apart by the same columns: where a
--            job is started over from the beginning it announces them anew, and the one that knew more events remains.
--
-- The rows of a forecast's steps are one row here, an array for each column; the view makes them rows. A table of
-- versions carries no offsets of Kafka: its rows were computed from the events of many minutes
-- (docs/exactly-once.md, "Tables of versions"). sink_block_index: the sink looks a block up by its name.

CREATE TABLE IF NOT EXISTS scaling_forecasts_versions
(
    service LowCardinality(String) COMMENT 'The service.' CODEC(ZSTD(1)),
    step_seconds UInt32 COMMENT 'Length of a step, seconds: 60 or 3600.' CODEC(ZSTD(1)),
    made_at DateTime('UTC') COMMENT 'End of the last step that the forecast knew, UTC; its first step begins then.' CODEC(Delta, ZSTD(1)),
    mean Array(Float64) COMMENT 'Forecast of 1, 2, ... steps ahead, requests in the step.' CODEC(ZSTD(1)),
    lo80 Array(Float64) COMMENT 'Lower bounds of the intervals for 80 %, requests in the step.' CODEC(ZSTD(1)),
    hi80 Array(Float64) COMMENT 'Their upper bounds.' CODEC(ZSTD(1)),
    lo95 Array(Float64) COMMENT 'Lower bounds of the intervals for 95 %, requests in the step.' CODEC(ZSTD(1)),
    hi95 Array(Float64) COMMENT 'Their upper bounds.' CODEC(ZSTD(1)),
    model Array(LowCardinality(String)) COMMENT 'Method by step: combination, or the naive one that stands alone.' CODEC(ZSTD(1)),
    calibrated Bool COMMENT 'Whether the intervals rest on errors of earlier forecasts; else on the changes from step to step.' CODEC(ZSTD(1)),
    gaps_at_end Int64 COMMENT 'How many of the last steps had no value.' CODEC(ZSTD(1)),
    assumptions String COMMENT 'What had to be assumed, in words; empty where nothing had.' CODEC(ZSTD(1)),
    version UInt64 COMMENT 'Events of the service that were taken in by then; the row that knew most remains.' CODEC(ZSTD(1)),
    sink_block UInt64 COMMENT 'Random name of the block in which the sink sent this row; all of a block is stored, or nothing.' CODEC(ZSTD(1)),
    stored_at DateTime64(6, 'UTC') DEFAULT now64(6) COMMENT 'When the server took the row in, UTC.' CODEC(Delta, ZSTD(1)),
    INDEX sink_block_index sink_block TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toDate(made_at)
ORDER BY (service, step_seconds, made_at)
TTL made_at + INTERVAL 90 DAY
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1
COMMENT 'Forecasts as they were announced, one row each. Read the view scaling_forecasts';

CREATE TABLE IF NOT EXISTS forecast_accuracy_versions
(
    service LowCardinality(String) COMMENT 'The service.' CODEC(ZSTD(1)),
    step_seconds UInt32 COMMENT 'Length of a step, seconds: 60 or 3600.' CODEC(ZSTD(1)),
    ahead Int32 COMMENT 'How many steps before they came the values had been forecast.' CODEC(ZSTD(1)),
    window_start DateTime('UTC') COMMENT 'Start of the window that the values came in, UTC: an hour of minutes, a day of hours.' CODEC(Delta, ZSTD(1)),
    window_end DateTime('UTC') COMMENT 'Its end, UTC; does not belong to it.' CODEC(Delta, ZSTD(1)),
    forecasts UInt64 COMMENT 'Values that came in the window and had been forecast.' CODEC(ZSTD(1)),
    absolute_errors Float64 COMMENT 'Sum of |y - f|, requests.' CODEC(ZSTD(1)),
    symmetric_errors Float64 COMMENT 'Sum of 200 |y - f| / (|y| + |f|), 0 where both are 0.' CODEC(ZSTD(1)),
    inside80 UInt64 COMMENT 'Values inside the interval for 80 %.' CODEC(ZSTD(1)),
    inside95 UInt64 COMMENT 'Values inside the interval for 95 %.' CODEC(ZSTD(1)),
    widths80 Float64 COMMENT 'Sum of the widths of the intervals for 80 %, requests.' CODEC(ZSTD(1)),
    widths95 Float64 COMMENT 'Sum of the widths of the intervals for 95 %, requests.' CODEC(ZSTD(1)),
    scale Nullable(Float64) COMMENT 'Mean change of all values before from one day to the next, requests; null where none is known.' CODEC(ZSTD(1)),
    version UInt64 COMMENT 'Events of the service that were taken in by then; the row that knew most remains.' CODEC(ZSTD(1)),
    sink_block UInt64 COMMENT 'Random name of the block in which the sink sent this row; all of a block is stored, or nothing.' CODEC(ZSTD(1)),
    stored_at DateTime64(6, 'UTC') DEFAULT now64(6) COMMENT 'When the server took the row in, UTC.' CODEC(Delta, ZSTD(1)),
    INDEX sink_block_index sink_block TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toDate(window_start)
ORDER BY (service, step_seconds, ahead, window_start)
TTL window_start + INTERVAL 400 DAY
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1
COMMENT 'Forecasts held against what came, as sums. Read the view forecast_accuracy';

CREATE TABLE IF NOT EXISTS scaling_decisions_versions
(
    service LowCardinality(String) COMMENT 'The service.' CODEC(ZSTD(1)),
    decided_at DateTime('UTC') COMMENT 'End of the minute that was seen, UTC.' CODEC(Delta, ZSTD(1)),
    load Nullable(Float64) COMMENT 'Requests in that minute; null where it was not measured.' CODEC(ZSTD(1)),
    saturation Nullable(Float64) COMMENT 'Share in use of the fullest resource in that minute, 0..1 (above 1 where more is in flight than is allowed); null without readings.' CODEC(ZSTD(1)),
    capacity Float64 COMMENT 'Requests that a replica can carry in a minute.' CODEC(ZSTD(1)),
    capacity_learned Bool COMMENT 'Whether that was learned from utilisation; else it is the configured value.' CODEC(ZSTD(1)),
    quantile Float64 COMMENT 'Share of minutes whose load is to be carried, 0..1: by the prices, and lower where little is left to spend.' CODEC(ZSTD(1)),
    forecast Nullable(Float64) COMMENT 'Largest load forecast until a replica wanted later can serve, requests a minute; null without a forecast.' CODEC(ZSTD(1)),
    provided Float64 COMMENT 'Load that is provided for, requests a minute.' CODEC(ZSTD(1)),
    current_replicas Int32 COMMENT 'Replicas that are paid for: those that serve, and those that were asked for and have not had the time to start.' CODEC(ZSTD(1)),
    desired_replicas Int32 COMMENT 'Replicas from the next minute on.' CODEC(ZSTD(1)),
    action LowCardinality(String) COMMENT 'What that does: up, keep or down.' CODEC(ZSTD(1)),
    reason LowCardinality(String) COMMENT 'What asked for so many, in one word: forecast, reactive, recurrence, spent, unproven, unsure, unmeasured or bounded.' CODEC(ZSTD(1)),
    why LowCardinality(String) COMMENT 'The same for a person.' CODEC(ZSTD(1)),
    confident Bool COMMENT 'Whether a forecast that knows its own errors stands behind it, in a minute that was measured; else reactive_desired is what to go by.' CODEC(ZSTD(1)),
    hourly_cost Float64 COMMENT 'Cost of the desired replicas in an hour, in the currency of the configured prices.' CODEC(ZSTD(1)),
    hourly_saving Float64 COMMENT 'What the static peak would cost in an hour beyond that, same currency; below 0 where the highest load so far needs fewer, as for a service that is known for days only.' CODEC(ZSTD(1)),
    own_replicas Int32 COMMENT 'Replicas that were paid for in the minute that ended.' CODEC(ZSTD(1)),
    own_hourly_cost Float64 COMMENT 'Their cost in an hour.' CODEC(ZSTD(1)),
    own_missing Int32 COMMENT 'Replicas that the minute''s load needed beyond those that served.' CODEC(ZSTD(1)),
    reactive_replicas Int32 COMMENT 'Replicas that the reactive rule (70 %) would have paid for in that minute, by its own account.' CODEC(ZSTD(1)),
    reactive_hourly_cost Float64 COMMENT 'Their cost in an hour.' CODEC(ZSTD(1)),
    reactive_missing Int32 COMMENT 'Replicas that it would have lacked.' CODEC(ZSTD(1)),
    static_replicas Int32 COMMENT 'Replicas that the highest load of the last four weeks needs: the static peak.' CODEC(ZSTD(1)),
    static_hourly_cost Float64 COMMENT 'Their cost in an hour.' CODEC(ZSTD(1)),
    static_missing Int32 COMMENT 'Replicas that the static peak would have lacked.' CODEC(ZSTD(1)),
    reactive_desired Int32 COMMENT 'Replicas that the reactive rule would want from the next minute on: what to fall back on. No fewer than there are where the load was not measured.' CODEC(ZSTD(1)),
    fewest_replicas Int32 COMMENT 'The fewest replicas that the configuration allows.' CODEC(ZSTD(1)),
    most_replicas Int32 COMMENT 'The most replicas that the configuration allows.' CODEC(ZSTD(1)),
    version UInt64 COMMENT 'Events of the service that were taken in by then; the row that knew most remains.' CODEC(ZSTD(1)),
    sink_block UInt64 COMMENT 'Random name of the block in which the sink sent this row; all of a block is stored, or nothing.' CODEC(ZSTD(1)),
    stored_at DateTime64(6, 'UTC') DEFAULT now64(6) COMMENT 'When the server took the row in, UTC.' CODEC(Delta, ZSTD(1)),
    INDEX sink_block_index sink_block TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toDate(decided_at)
ORDER BY (service, decided_at)
TTL decided_at + INTERVAL 400 DAY
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1
COMMENT 'The ledger of decisions, one row for each service and minute. Read the view scaling_decisions';

CREATE TABLE IF NOT EXISTS scaling_actions
(
    action_id String COMMENT 'Names the action: a record that comes twice has the same.' CODEC(ZSTD(1)),
    service LowCardinality(String) COMMENT 'The service.' CODEC(ZSTD(1)),
    event_time DateTime64(6, 'UTC') COMMENT 'End of the minute that was seen, UTC.' CODEC(Delta, ZSTD(1)),
    action LowCardinality(String) COMMENT 'What is to be done: up or down.' CODEC(ZSTD(1)),
    current_replicas Int32 COMMENT 'Replicas that are paid for: those that serve, and those that were asked for and have not had the time to start.' CODEC(ZSTD(1)),
    desired_replicas Int32 COMMENT 'Replicas that there shall be.' CODEC(ZSTD(1)),
    reactive_replicas Int32 COMMENT 'Replicas that the reactive rule would want: what to fall back on.' CODEC(ZSTD(1)),
    confident Bool COMMENT 'Whether a forecast that knows its own errors stands behind it; else reactive_replicas is what to go by.' CODEC(ZSTD(1)),
    reason LowCardinality(String) COMMENT 'What asked for so many, in one word: forecast, reactive, recurrence, spent, unproven, unsure, unmeasured or bounded.' CODEC(ZSTD(1)),
    hourly_cost Float64 COMMENT 'Cost of the desired replicas in an hour, in the currency of the configured prices.' CODEC(ZSTD(1)),
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
COMMENT 'Facts of topic ag06.scaling-actions: one row is one change of a service''s replicas that was asked for';

CREATE VIEW IF NOT EXISTS scaling_forecasts
(
    service LowCardinality(String) COMMENT 'The service.',
    step_seconds UInt32 COMMENT 'Length of a step, seconds: 60 (each minute, for 60 minutes) or 3600 (each hour, for 48 hours).',
    made_at DateTime('UTC') COMMENT 'When it was made: the end of the last step that it knew, UTC.',
    ahead UInt32 COMMENT 'Which step ahead, from 1.',
    step_start DateTime('UTC') COMMENT 'Start of the step that is forecast, UTC.',
    step_end DateTime('UTC') COMMENT 'Its end, UTC; does not belong to it.',
    mean Float64 COMMENT 'The forecast, requests in the step.',
    lo80 Float64 COMMENT 'Lower bound of the interval for 80 %, requests in the step.',
    hi80 Float64 COMMENT 'Its upper bound.',
    lo95 Float64 COMMENT 'Lower bound of the interval for 95 %, requests in the step.',
    hi95 Float64 COMMENT 'Its upper bound.',
    model LowCardinality(String) COMMENT 'The method: combination, or the naive one that stands alone.',
    calibrated Bool COMMENT 'Whether the intervals rest on errors of earlier forecasts; else on the changes from step to step.',
    gaps_at_end Int64 COMMENT 'How many of the last steps before made_at had no value.',
    assumptions String COMMENT 'What had to be assumed, in words; empty where nothing had.'
)
AS SELECT
    f.service AS service,
    f.step_seconds AS step_seconds,
    f.made_at AS made_at,
    step.1 AS ahead,
    f.made_at + toIntervalSecond((ahead - 1) * f.step_seconds) AS step_start,
    f.made_at + toIntervalSecond(ahead * f.step_seconds) AS step_end,
    step.2 AS mean,
    step.3 AS lo80,
    step.4 AS hi80,
    step.5 AS lo95,
    step.6 AS hi95,
    step.7 AS model,
    f.calibrated AS calibrated,
    f.gaps_at_end AS gaps_at_end,
    f.assumptions AS assumptions
FROM ${database}.scaling_forecasts_versions AS f FINAL
ARRAY JOIN arrayZip(arrayEnumerate(f.mean), f.mean, f.lo80, f.hi80, f.lo95, f.hi95, f.model) AS step
COMMENT 'Forecasts of the load of each service, as they were announced: one row for each step ahead';

CREATE VIEW IF NOT EXISTS forecast_accuracy
(
    service LowCardinality(String) COMMENT 'The service.',
    step_seconds UInt32 COMMENT 'Length of a step, seconds: 60 or 3600.',
    ahead Int32 COMMENT 'How many steps before they came the values had been forecast.',
    window_start DateTime('UTC') COMMENT 'Start of the window that the values came in, UTC: an hour of minutes, a day of hours.',
    window_end DateTime('UTC') COMMENT 'Its end, UTC; does not belong to it.',
    forecasts UInt64 COMMENT 'Values that came in the window and had been forecast.',
    mean_absolute_error Float64 COMMENT 'Mean of |y - f|, requests in the step.',
    smape Float64 COMMENT 'Mean of 200 |y - f| / (|y| + |f|), 0..200.',
    mase Nullable(Float64) COMMENT 'mean_absolute_error over the mean change from one day to the next, of all values before; null where that is not known, or 0.',
    coverage80 Float64 COMMENT 'Share of values inside the interval for 80 %, 0..1.',
    coverage95 Float64 COMMENT 'Share of values inside the interval for 95 %, 0..1.',
    width80 Nullable(Float64) COMMENT 'Mean width of the intervals for 80 %, in the unit of mase; null as that.',
    width95 Nullable(Float64) COMMENT 'Mean width of the intervals for 95 %, in the unit of mase; null as that.'
)
AS SELECT
    a.service AS service,
    a.step_seconds AS step_seconds,
    a.ahead AS ahead,
    a.window_start AS window_start,
    a.window_end AS window_end,
    a.forecasts AS forecasts,
    a.absolute_errors / a.forecasts AS mean_absolute_error,
    a.symmetric_errors / a.forecasts AS smape,
    a.absolute_errors / a.forecasts / nullIf(a.scale, 0) AS mase,
    a.inside80 / a.forecasts AS coverage80,
    a.inside95 / a.forecasts AS coverage95,
    a.widths80 / a.forecasts / nullIf(a.scale, 0) AS width80,
    a.widths95 / a.forecasts / nullIf(a.scale, 0) AS width95
FROM ${database}.forecast_accuracy_versions AS a FINAL
COMMENT 'Forecasts held against what came, by service, horizon and window';

CREATE VIEW IF NOT EXISTS scaling_decisions
(
    service LowCardinality(String) COMMENT 'The service.',
    decided_at DateTime('UTC') COMMENT 'End of the minute that was seen, UTC.',
    load Nullable(Float64) COMMENT 'Requests in that minute; null where it was not measured.',
    saturation Nullable(Float64) COMMENT 'Share in use of the fullest resource in that minute, 0..1 (above 1 where more is in flight than is allowed); null without readings.',
    capacity Float64 COMMENT 'Requests that a replica can carry in a minute.',
    capacity_learned Bool COMMENT 'Whether that was learned from utilisation; else it is the configured value.',
    quantile Float64 COMMENT 'Share of minutes whose load is to be carried, 0..1: by the prices, and lower where little is left to spend.',
    forecast Nullable(Float64) COMMENT 'Largest load forecast until a replica wanted later can serve, requests a minute; null without a forecast.',
    provided Float64 COMMENT 'Load that is provided for, requests a minute.',
    current_replicas Int32 COMMENT 'Replicas that are paid for: those that serve, and those that were asked for and have not had the time to start.',
    desired_replicas Int32 COMMENT 'Replicas from the next minute on.',
    action LowCardinality(String) COMMENT 'What that does: up, keep or down.',
    reason LowCardinality(String) COMMENT 'What asked for so many, in one word: forecast, reactive, recurrence, spent, unproven, unsure, unmeasured or bounded.',
    why LowCardinality(String) COMMENT 'The same for a person.',
    confident Bool COMMENT 'Whether a forecast that knows its own errors stands behind it, in a minute that was measured; else reactive_desired is what to go by.',
    hourly_cost Float64 COMMENT 'Cost of the desired replicas in an hour, in the currency of the configured prices.',
    hourly_saving Float64 COMMENT 'What the static peak would cost in an hour beyond that, same currency; below 0 where the highest load so far needs fewer, as for a service that is known for days only.',
    own_replicas Int32 COMMENT 'Replicas that were paid for in the minute that ended.',
    own_hourly_cost Float64 COMMENT 'Their cost in an hour.',
    own_missing Int32 COMMENT 'Replicas that the minute''s load needed beyond those that served.',
    reactive_replicas Int32 COMMENT 'Replicas that the reactive rule (70 %) would have paid for in that minute, by its own account.',
    reactive_hourly_cost Float64 COMMENT 'Their cost in an hour.',
    reactive_missing Int32 COMMENT 'Replicas that it would have lacked.',
    static_replicas Int32 COMMENT 'Replicas that the highest load of the last four weeks needs: the static peak.',
    static_hourly_cost Float64 COMMENT 'Their cost in an hour.',
    static_missing Int32 COMMENT 'Replicas that the static peak would have lacked.',
    reactive_desired Int32 COMMENT 'Replicas that the reactive rule would want from the next minute on: what to fall back on. No fewer than there are where the load was not measured.',
    fewest_replicas Int32 COMMENT 'The fewest replicas that the configuration allows.',
    most_replicas Int32 COMMENT 'The most replicas that the configuration allows.'
)
AS SELECT d.* EXCEPT (version, sink_block, stored_at)
FROM ${database}.scaling_decisions_versions AS d FINAL
COMMENT 'The ledger: what was seen of each service in each minute, what was decided and why, and what other ways would have had';

-- Fresh: decided at most three minutes ago. Of a service that works once a week, or each night, the last decision stays
-- until the next one. The reactive number of a stale one is the reactive rule's for the highest load
-- of the last five closed minutes, by golden_signals; where that knows none either, the last reactive number stays.
CREATE VIEW IF NOT EXISTS v_replicas_recommended
(
    service LowCardinality(String) COMMENT 'The service; none without a decision in the last week.',
    recommended_replicas Int32 COMMENT 'How many replicas the service should have now.',
    confidence LowCardinality(String) COMMENT 'forecast: a fresh forecast stands behind it. unsure: fresh, but the forecast does not know its own errors yet, or nothing was measured, so it is the reactive number. stale: no decision was made for three minutes, so it is the reactive number.',
    reason String COMMENT 'Why so many, in words.',
    decided_at DateTime('UTC') COMMENT 'When the newest decision was made, UTC.',
    age_seconds Int64 COMMENT 'How long ago that is, seconds.',
    desired_replicas Int32 COMMENT 'What was decided then.',
    reactive_replicas Int32 COMMENT 'What the reactive rule would want: then, or, where that is stale, now.',
    current_replicas Int32 COMMENT 'Replicas that were paid for then.',
    load Nullable(Float64) COMMENT 'Requests in the minute before the decision; null where it was not measured.',
    capacity Float64 COMMENT 'Requests that a replica can carry in a minute.'
)
AS SELECT
    d.service AS service,
    if(confidence = 'forecast', d.desired_replicas, reactive_replicas) AS recommended_replicas,
    multiIf(age_seconds > 180, 'stale', d.confident, 'forecast', 'unsure') AS confidence,
    multiIf(
        confidence = 'forecast', d.why,
        confidence = 'unsure', concat(d.why, '; the reactive number'),
        lately.minutes > 0, 'no decision for three minutes; the reactive number for the load of the last five',
        'no decision for three minutes, and no load is known; the last reactive number') AS reason,
    d.decided_at AS decided_at,
    dateDiff('second', d.decided_at, now('UTC')) AS age_seconds,
    d.desired_replicas AS desired_replicas,
    if(
        age_seconds > 180 AND lately.minutes > 0,
        toInt32(greatest(d.fewest_replicas, least(d.most_replicas, ceil(lately.highest / (0.7 * d.capacity))))),
        d.reactive_desired) AS reactive_replicas,
    d.current_replicas AS current_replicas,
    d.load AS load,
    d.capacity AS capacity
FROM (
    SELECT service, decided_at, load, capacity, current_replicas, desired_replicas, why, confident, reactive_desired,
        fewest_replicas, most_replicas
    FROM ${database}.scaling_decisions_versions FINAL
    WHERE decided_at >= now('UTC') - INTERVAL 7 DAY
    ORDER BY service, decided_at DESC
    LIMIT 1 BY service
) AS d
LEFT JOIN (
    SELECT service, count() AS minutes, max(requests) AS highest
    FROM (
        SELECT entity_id AS service, toStartOfMinute(window_start) AS minute, sum(events) AS requests
        FROM ${database}.golden_signals_partials
        WHERE entity_kind = 'service'
            AND window_start >= toStartOfMinute(now('UTC')) - INTERVAL 5 MINUTE
            AND window_start < toStartOfMinute(now('UTC'))
        GROUP BY service, minute
    )
    GROUP BY service
) AS lately ON lately.service = d.service
ORDER BY service
COMMENT 'How many replicas each service should have now, how sure that is, and why: what autoscalers read';

CREATE VIEW IF NOT EXISTS v_replicas_external_metric
(
    service LowCardinality(String) COMMENT 'The service that this row is for.',
    kind String COMMENT 'What Kubernetes calls the answer: ExternalMetricValueList.',
    apiVersion String COMMENT 'Version of its interface for external metrics.',
    metadata Map(String, String) COMMENT 'Nothing.',
    items Array(Tuple(metricName String, metricLabels Map(String, String), timestamp String, value String)) COMMENT 'One value: the replicas recommended for the service; labels say confidence, time is that of the newest decision.'
)
AS SELECT
    r.service AS service,
    'ExternalMetricValueList' AS kind,
    'external.metrics.k8s.io/v1beta1' AS apiVersion,
    CAST(map(), 'Map(String, String)') AS metadata,
    [CAST(
        ('ag06_replicas_recommended', map('service', toString(r.service), 'confidence', toString(r.confidence)), formatDateTime(r.decided_at, '%Y-%m-%dT%H:%i:%SZ'), toString(r.recommended_replicas)),
        'Tuple(metricName String, metricLabels Map(String, String), timestamp String, value String)')] AS items
FROM ${database}.v_replicas_recommended AS r
COMMENT 'The same as Kubernetes expects of an external metric: SELECT kind, apiVersion, metadata, items ... FORMAT JSONEachRow';

CREATE VIEW IF NOT EXISTS v_scaling_now
(
    service LowCardinality(String) COMMENT 'The service; none without a decision in the last week.',
    decided_at DateTime('UTC') COMMENT 'When the newest decision was made: end of the minute that was seen, UTC.',
    load Nullable(Float64) COMMENT 'Requests in that minute; null where it was not measured.',
    next_hour Nullable(DateTime('UTC')) COMMENT 'Start of the hour that begins next, UTC; null where it is not forecast (so the next three).',
    next_hour_mean Nullable(Float64) COMMENT 'Requests forecast for it.',
    next_hour_lo80 Nullable(Float64) COMMENT 'Lower bound of the interval for 80 %, requests.',
    next_hour_hi80 Nullable(Float64) COMMENT 'Its upper bound.',
    current_replicas Int32 COMMENT 'Replicas that are paid for: those that serve, and those that were asked for and have not had the time to start.',
    recommended_replicas Int32 COMMENT 'How many there should be now.',
    confidence LowCardinality(String) COMMENT 'forecast, unsure or stale: see v_replicas_recommended.',
    reason String COMMENT 'Why so many, in words.',
    saving Float64 COMMENT 'What the static peak would have cost beyond what there was, over the minutes of the ledger in the last 28 days, which is how far the static peak looks back; in the currency of the configured prices. Below 0 where the highest load so far needed fewer.',
    saving_since DateTime('UTC') COMMENT 'Since when that is reckoned, UTC: 28 days ago, or when the service was decided for first.'
)
AS SELECT
    r.service AS service,
    r.decided_at AS decided_at,
    r.load AS load,
    nullIf(f.step_start, toDateTime(0, 'UTC')) AS next_hour,
    if(next_hour IS NULL, NULL, f.mean) AS next_hour_mean,
    if(next_hour IS NULL, NULL, f.lo80) AS next_hour_lo80,
    if(next_hour IS NULL, NULL, f.hi80) AS next_hour_hi80,
    r.current_replicas AS current_replicas,
    r.recommended_replicas AS recommended_replicas,
    r.confidence AS confidence,
    r.reason AS reason,
    ledger.saving AS saving,
    ledger.since AS saving_since
FROM ${database}.v_replicas_recommended AS r
LEFT JOIN (
    SELECT service, step_start, mean, lo80, hi80
    FROM ${database}.scaling_forecasts
    WHERE step_seconds = 3600 AND made_at >= now('UTC') - INTERVAL 1 DAY AND step_start >= now('UTC')
    ORDER BY service, step_start, made_at DESC
    LIMIT 1 BY service
) AS f ON f.service = r.service
LEFT JOIN (
    SELECT service, sum(static_hourly_cost - own_hourly_cost) / 60 AS saving, min(decided_at) - 60 AS since
    FROM ${database}.scaling_decisions_versions FINAL
    WHERE decided_at > now('UTC') - INTERVAL 28 DAY
    GROUP BY service
) AS ledger ON ledger.service = r.service
ORDER BY service
COMMENT 'Each service now: its load, the hour to come, the replicas it should have, and what that has saved in the last 28 days';
