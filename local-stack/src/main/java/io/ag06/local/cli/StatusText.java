package io.ag06.local.cli;

import static io.ag06.local.cli.TextTable.wrong;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.ag06.analytics.health.JobMinute;
import io.ag06.local.Endpoints;
import io.ag06.local.StackStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A stack's status for a person: what is wrong, then the parts, the jobs, the spools, the services and the tables. */
final class StatusText {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final String LOST = """
            saved: in the last 28 days, against as many replicas as the highest load in them needs. Below 0, that
            load is lower than what had to be reckoned with, as of a service that is known for days only.
            """;

    private final StackStatus status;
    private final JsonNode health;
    private final Instant now;

    private StatusText(StackStatus status, Instant now) {
        this.status = status;
        this.health = status.health().orElse(MissingNode.getInstance());
        this.now = now;
    }

    static String of(StackStatus status, Instant now) {
        StatusText text = new StatusText(status, now);
        return String.join(
                "\n", text.verdict(), text.parts(), text.jobs(), text.spools() + text.services() + text.tables());
    }

    private String verdict() {
        if (health.isMissingNode()) {
            return "@|bold,red The monitor does not answer|@, so how the pipeline is is not known; see "
                    + status.endpoints().metricsUrl() + "\n";
        }
        String readAt = "as of %s UTC".formatted(CLOCK.format(time(health.path("read_at"))));
        if (health.path("wrong").isTextual()) {
            return "@|bold,red Not known|@, %s: %s\n"
                    .formatted(readAt, health.path("wrong").asText());
        }
        return health.path("healthy").asBoolean()
                ? "@|bold,green All is well|@, %s\n".formatted(readAt)
                : "@|bold,red Not well|@, %s\n".formatted(readAt);
    }

    private String parts() {
        Endpoints endpoints = status.endpoints();
        String password =
                endpoints.clickhousePasswordFile() == null ? "" : ", password in " + endpoints.clickhousePasswordFile();
        TextTable table = new TextTable(4);
        part(table, "Kafka", "kafka", endpoints.kafka(), "");
        part(table, "Flink", "flink", endpoints.flinkRest(), "");
        part(
                table,
                "ClickHouse",
                "clickhouse",
                endpoints.clickhouseUrl(),
                "user %s%s".formatted(endpoints.clickhouseUser(), password));
        part(table, "Metrics", "monitor", endpoints.metricsUrl(), "");
        return table.toString();
    }

    private void part(TextTable table, String name, String key, String address, String well) {
        JsonNode part = health.path("parts").path(key);
        if (part.isMissingNode()) {
            table.row(name, "?", address, well);
        } else if (part.path("healthy").asBoolean()) {
            table.row(name, "up", address, well);
        } else {
            table.row(
                    name,
                    wrong("down"),
                    address,
                    wrong(since(part) + ": " + part.path("wrong").asText()));
        }
    }

    private String jobs() {
        TextTable now = new TextTable(2)
                .row("job", "state", "in/s", "out/s", "lag", "checkpoint", "took", "circuit", "event to query", "p99");
        TextTable minute = new TextTable(1)
                .row(
                        minuteName(),
                        "in",
                        "out",
                        "dead letters",
                        "rejected blocks",
                        "repeats",
                        "restarts",
                        "circuit open");
        StringBuilder troubles = new StringBuilder();
        for (Map.Entry<String, String> job : status.jobs().entrySet()) {
            JsonNode known = health.path("jobs").path(job.getKey());
            JsonNode last = known.path("last_minute");
            now.row(
                    job.getKey(),
                    state(job.getValue()),
                    Quantity.rate(known.path("records_in_per_second")),
                    Quantity.rate(known.path("records_out_per_second")),
                    Quantity.count(known.path("lag_records")),
                    ago(known.path("checkpoint_age_us")),
                    Quantity.micros(known.path("checkpoint_duration_us")),
                    circuit(known.path("circuit")),
                    Quantity.micros(last.path("event_to_query_p50_us")),
                    Quantity.micros(last.path("event_to_query_p99_us")));
            minute.row(
                    job.getKey(),
                    Quantity.count(last.path("records_in")),
                    Quantity.count(last.path("records_out")),
                    none(last.path("dead_letters")),
                    none(last.path("blocks_rejected")),
                    none(last.path("repeats")),
                    none(last.path("restarts")),
                    Quantity.micros(last.path("circuit_open_us")));
            if (known.isObject() && !known.path("healthy").asBoolean()) {
                troubles.append("@|bold,red %s|@ %s: %s\n"
                        .formatted(
                                job.getKey(), since(known), known.path("wrong").asText()));
            }
        }
        return now + troubles.toString() + "\n" + minute;
    }

    private String minuteName() {
        JsonNode minute = health.path("last_minute");
        return minute.isTextual() ? "minute from " + MINUTE.format(time(minute)) : "no minute yet";
    }

    private String spools() {
        TextTable table = new TextTable(1);
        for (JsonNode spool : health.path("spools")) {
            if (table.isEmpty()) {
                table.row("spool of", "records", "size", "full");
            }
            table.row(
                    spool.path("device_id").asText(),
                    Quantity.count(spool.path("records")),
                    Quantity.bytes(spool.path("bytes").asLong()),
                    Math.round(100
                                    * spool.path("bytes").asDouble()
                                    / spool.path("limit_bytes").asDouble())
                            + " %");
        }
        return table.isEmpty() ? "" : table + "\n";
    }

    private String services() {
        TextTable table = new TextTable(1);
        boolean lost = false;
        for (JsonNode service : status.scaling().orElse(List.of())) {
            lost |= service.path("saving").asDouble() < 0;
            if (table.isEmpty()) {
                table.row("service", "load/min", "next hour", "80 % within", "replicas", "recommended", "by", "saved");
            }
            String confidence = service.path("confidence").asText();
            table.row(
                    service.path("service").asText(),
                    rounded(service.path("load")),
                    rounded(service.path("next_hour_mean")),
                    service.path("next_hour_lo80").isNumber()
                            ? "%s .. %s"
                                    .formatted(
                                            rounded(service.path("next_hour_lo80")),
                                            rounded(service.path("next_hour_hi80")))
                            : "-",
                    Quantity.count(service.path("current_replicas")),
                    Quantity.count(service.path("recommended_replicas")),
                    confidence.equals("forecast") ? confidence : wrong(confidence),
                    String.format(Locale.ROOT, "%,.2f", service.path("saving").asDouble()));
        }
        if (table.isEmpty()) {
            return "";
        }
        return table + (lost ? LOST : "") + "\n";
    }

    private static String rounded(JsonNode number) {
        return number.isNumber() ? String.format(Locale.ROOT, "%,d", Math.round(number.asDouble())) : "-";
    }

    private String tables() {
        TextTable table = new TextTable(1).row("table", "rows");
        status.rows()
                .ifPresentOrElse(
                        rows -> rows.forEach(
                                (name, count) -> table.row(name, String.format(Locale.ROOT, "%,d", count))),
                        () -> table.row("ClickHouse does not answer", "-"));
        return table.toString();
    }

    private static String state(String state) {
        String word = state.toLowerCase(Locale.ROOT);
        return word.equals("running") ? word : wrong(word);
    }

    private static String circuit(JsonNode circuit) {
        if (!circuit.isTextual()) {
            return "-";
        }
        return circuit.asText().equals(JobMinute.Sink.OPEN) ? wrong(circuit.asText()) : circuit.asText();
    }

    /** What should be none. */
    private static String none(JsonNode count) {
        return count.asLong() > 0 ? wrong(Quantity.count(count)) : Quantity.count(count);
    }

    private static String ago(JsonNode micros) {
        return micros.isNumber() ? Quantity.micros(micros) + " ago" : "-";
    }

    private String since(JsonNode part) {
        Instant since = time(part.path("since"));
        Duration lasting = since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
        return "since %s (%s)".formatted(CLOCK.format(since), Quantity.time(lasting));
    }

    private static Instant time(JsonNode text) {
        return Instant.parse(text.asText());
    }
}
