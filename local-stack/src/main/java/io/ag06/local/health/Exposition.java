package io.ag06.local.health;

import io.ag06.analytics.health.JobMinute;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/** A reading as samples of the declared metrics. */
final class Exposition {
    private static final double MICROS = 1e6;
    private static final double MILLIS = 1e3;

    private static final Map<JobCounter, HealthMetric> COUNTERS = new EnumMap<>(Map.of(
            JobCounter.RESTARTS, HealthMetric.JOB_RESTARTS,
            JobCounter.RECORDS_IN, HealthMetric.JOB_RECORDS_IN,
            JobCounter.RECORDS_OUT, HealthMetric.JOB_RECORDS_OUT,
            JobCounter.DEAD_LETTERS, HealthMetric.JOB_DEAD_LETTERS,
            JobCounter.LOST_DEAD_LETTERS, HealthMetric.JOB_DEAD_LETTERS_LOST,
            JobCounter.FAILED_ATTEMPTS, HealthMetric.SINK_FAILED_ATTEMPTS,
            JobCounter.BLOCKS_SENT, HealthMetric.SINK_BLOCKS_SENT,
            JobCounter.BLOCKS_FOUND, HealthMetric.SINK_BLOCKS_FOUND,
            JobCounter.BLOCKS_REJECTED, HealthMetric.SINK_BLOCKS_REJECTED,
            JobCounter.SPILLED_BYTES, HealthMetric.SINK_SPILLED));

    private final Map<HealthMetric, List<Sample>> samples = new EnumMap<>(HealthMetric.class);

    private Exposition() {}

    /** Every declared metric of which the reading knows a value. */
    static MetricSnapshots of(Health health) {
        Exposition exposition = new Exposition();
        health.parts().forEach(part -> exposition.add(HealthMetric.PART_UP, bit(part.isWell()), "part", part.name()));
        health.jobs().forEach(exposition::add);
        health.stored().forEach((topic, rows) -> exposition.add(HealthMetric.TOPIC_ROWS, rows, "topic", topic));
        health.repeats().forEach((topic, rows) -> exposition.add(HealthMetric.TOPIC_REPEATS, rows, "topic", topic));
        exposition.add(HealthMetric.SPOOL_RECORDS, health.spool().records(), 1);
        exposition.add(HealthMetric.SPOOL_BYTES, health.spool().bytes(), 1);
        health.spools().stream()
                .mapToDouble(DeviceSpool::fill)
                .max()
                .ifPresent(fill -> exposition.add(HealthMetric.SPOOL_FULLEST, fill));
        exposition.add(HealthMetric.MONITOR_READ_AT, seconds(health.readAt()));
        health.lastMinute().ifPresent(minute -> exposition.add(HealthMetric.MONITOR_MINUTE, seconds(minute)));
        exposition.add(HealthMetric.MONITOR_UNPUBLISHED, (double) health.unpublished());
        return new MetricSnapshots(exposition.samples.entrySet().stream()
                .map(metric -> snapshot(metric.getKey(), metric.getValue()))
                .toList());
    }

    private void add(JobHealth job) {
        String[] label = {"job", job.job()};
        job.state().ifPresent(state -> add(HealthMetric.JOB_RUNNING, bit(job.allTasksRun()), label));
        job.totals().forEach((counter, total) -> {
            if (counter == JobCounter.WAITED_MS) {
                add(HealthMetric.SINK_WAITED, total / MILLIS, label);
            } else {
                add(COUNTERS.get(counter), total, label);
            }
        });
        job.lagRecords().forEach((topic, lag) -> add(HealthMetric.JOB_LAG, lag, "job", job.job(), "topic", topic));
        job.checkpointAge().ifPresent(age -> add(HealthMetric.JOB_CHECKPOINT_AGE, seconds(age), label));
        job.checkpointDuration().ifPresent(took -> add(HealthMetric.JOB_CHECKPOINT_DURATION, seconds(took), label));
        add(HealthMetric.JOB_CHECKPOINT_SIZE, job.checkpointBytes(), 1, label);
        job.waiting().ifPresent(waiting -> {
            add(HealthMetric.SINK_CIRCUIT_OPEN, bit(!waiting.isZero()), label);
            add(HealthMetric.SINK_WAITING, seconds(waiting), label);
        });
        Function<Function<JobMinute.Freshness, OptionalLong>, OptionalLong> late = quantile ->
                job.lastMinute().map(JobMinute::freshness).map(quantile).orElse(OptionalLong.empty());
        add(HealthMetric.JOB_EVENT_TO_QUERY_P50, late.apply(JobMinute.Freshness::p50Us), MICROS, label);
        add(HealthMetric.JOB_EVENT_TO_QUERY_P99, late.apply(JobMinute.Freshness::p99Us), MICROS, label);
    }

    private void add(HealthMetric metric, OptionalLong value, double unitsInOne, String... labels) {
        value.ifPresent(known -> add(metric, known / unitsInOne, labels));
    }

    private void add(HealthMetric metric, double value, String... labels) {
        samples.computeIfAbsent(metric, any -> new ArrayList<>()).add(new Sample(Labels.of(labels), value));
    }

    private static MetricSnapshot snapshot(HealthMetric metric, List<Sample> samples) {
        if (metric.kind() == HealthMetric.Kind.COUNTER) {
            var counter = CounterSnapshot.builder().name(metric.baseName()).help(metric.meaning());
            samples.forEach(sample -> counter.dataPoint(CounterDataPointSnapshot.builder()
                    .labels(sample.labels)
                    .value(sample.value)
                    .build()));
            return counter.build();
        }
        var gauge = GaugeSnapshot.builder().name(metric.baseName()).help(metric.meaning());
        samples.forEach(sample -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(sample.labels)
                .value(sample.value)
                .build()));
        return gauge.build();
    }

    private static double bit(boolean yes) {
        return yes ? 1 : 0;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static double seconds(Instant moment) {
        return moment.getEpochSecond() + moment.getNano() / 1e9;
    }

    private record Sample(Labels labels, double value) {}
}
