package io.ag06.local.health;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ag06.analytics.health.JobMinute;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A reading as JSON: times in ISO-8601 with microseconds, null where nothing is known. */
final class HealthJson {
    private static final JsonMapper JSON = new JsonMapper();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSX", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private HealthJson() {}

    /** Whether all is well, and what is not, since when: {@code /healthz}. */
    static ObjectNode verdict(Health health, Instant now) {
        ObjectNode verdict = JSON.createObjectNode();
        verdict.put("healthy", health.isWell(now));
        verdict.put("read_at", time(health.readAt()));
        if (health.isStale(now)) {
            verdict.put("wrong", "the monitor has made no reading since then; start it again");
        }
        ObjectNode parts = verdict.putObject("parts");
        health.parts().forEach(part -> parts.set(part.name(), part(part)));
        ObjectNode jobs = verdict.putObject("jobs");
        health.jobs().forEach(job -> jobs.set(job.job(), part(job.health())));
        return verdict;
    }

    /** The same, with all that is known: {@code /status}. */
    static ObjectNode whole(Health health, Instant now) {
        ObjectNode whole = verdict(health, now);
        health.jobs().forEach(job -> add(job, (ObjectNode) whole.get("jobs").get(job.job())));
        whole.put("last_minute", health.lastMinute().map(HealthJson::time).orElse(null));
        put(whole, "spool_records", health.spool().records());
        put(whole, "spool_bytes", health.spool().bytes());
        ArrayNode spools = whole.putArray("spools");
        health.spools()
                .forEach(spool -> spools.addObject()
                        .put("device_id", spool.deviceId())
                        .put("records", spool.records())
                        .put("bytes", spool.bytes())
                        .put("limit_bytes", spool.limitBytes()));
        whole.put("unpublished_records", health.unpublished());
        return whole;
    }

    private static ObjectNode part(PartHealth part) {
        return JSON.createObjectNode()
                .put("healthy", part.isWell())
                .put("since", time(part.since()))
                .put("wrong", part.wrong().orElse(null));
    }

    private static void add(JobHealth job, ObjectNode json) {
        json.put("state", job.state().orElse(null));
        put(json, "records_in_per_second", job.recordsInPerSecond());
        put(json, "records_out_per_second", job.recordsOutPerSecond());
        json.put(
                "lag_records",
                job.lagRecords().isEmpty()
                        ? null
                        : job.lagRecords().values().stream()
                                .mapToLong(Long::longValue)
                                .sum());
        ObjectNode lags = json.putObject("lag_records_by_topic");
        for (Map.Entry<String, Long> lag : job.lagRecords().entrySet()) {
            lags.put(lag.getKey(), lag.getValue());
        }
        put(json, "checkpoint_age_us", job.checkpointAge());
        put(json, "checkpoint_duration_us", job.checkpointDuration());
        put(json, "checkpoint_bytes", job.checkpointBytes());
        json.put(
                "circuit",
                job.waiting()
                        .map(waiting -> waiting.isZero() ? JobMinute.Sink.CLOSED : JobMinute.Sink.OPEN)
                        .orElse(null));
        put(json, "waiting_us", job.waiting());
        json.set("last_minute", job.lastMinute().map(HealthJson::minute).orElse(null));
    }

    private static ObjectNode minute(JobMinute minute) {
        ObjectNode json = JSON.createObjectNode();
        json.put("event_time", time(minute.start()));
        put(json, "restarts", minute.work().restarts());
        put(json, "records_in", minute.work().recordsIn());
        put(json, "records_out", minute.work().recordsOut());
        put(json, "event_to_query_p50_us", minute.freshness().p50Us());
        put(json, "event_to_query_p99_us", minute.freshness().p99Us());
        put(json, "dead_letters", minute.work().deadLetters());
        put(json, "repeats", minute.repeats());
        put(json, "circuit_open_us", minute.sink().openUs());
        put(json, "blocks_sent", minute.sink().blocksSent());
        put(json, "blocks_found", minute.sink().blocksFound());
        put(json, "blocks_rejected", minute.sink().blocksRejected());
        put(json, "spilled_bytes", minute.sink().spilledBytes());
        return json;
    }

    private static void put(ObjectNode json, String name, OptionalLong value) {
        json.put(name, value.isPresent() ? value.getAsLong() : null);
    }

    private static void put(ObjectNode json, String name, OptionalDouble value) {
        json.put(name, value.isPresent() ? value.getAsDouble() : null);
    }

    private static void put(ObjectNode json, String name, Optional<Duration> value) {
        json.put(name, value.map(duration -> duration.toNanos() / 1_000).orElse(null));
    }

    private static String time(Instant moment) {
        return TIME.format(moment);
    }
}
