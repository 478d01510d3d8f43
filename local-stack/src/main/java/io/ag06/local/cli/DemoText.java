package io.ag06.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ag06.local.DemoReport;
import java.util.List;
import java.util.Locale;

/** A demo's report for a person: the golden signals, how fresh they are, what to try next. */
final class DemoText {
    private DemoText() {}

    static String of(DemoReport report) {
        StringBuilder text = new StringBuilder();
        text.append("Golden signals, read back from ClickHouse\n\n");
        text.append(line("%-16s %10s %9s %10s %10s %9s%n", "service", "requests", "errors", "p50", "p99", "fullest"));
        report.services()
                .forEach(row -> text.append(line(
                        "%-16s %,10d %8.2f%% %7.1f ms %7.1f ms %9s%n",
                        row.get("service").asText(),
                        row.get("requests").asLong(),
                        row.get("errors").asDouble(),
                        row.get("p50").asDouble(),
                        row.get("p99").asDouble(),
                        percent(row.get("fullest")))));
        text.append(
                line("%n%-16s %10s %9s %10s %10s %9s%n", "device", "frames", "errors", "missing", "p99", "fullest"));
        report.devices()
                .forEach(row -> text.append(line(
                        "%-16s %,10d %8.2f%% %,10d %7.1f ms %9s%n",
                        row.get("device").asText(),
                        row.get("frames").asLong(),
                        row.get("errors").asDouble(),
                        row.get("missing").asLong(),
                        row.get("p99").asDouble(),
                        percent(row.get("fullest")))));
        text.append(line(
                "%n%,d of %,d frames and %,d of %,d requests are stored; %d twice, %d refused.%n",
                report.audioFramesStored(),
                report.audioFramesSent(),
                report.serviceRequestsStored(),
                report.serviceRequestsSent(),
                report.duplicates(),
                report.deadLetters()));
        text.append(line(
                "First row after %.1f s; from an event to its row: %.0f ms (median), %.0f ms (99th percentile).%n",
                report.secondsToFirstRow(), report.eventToQueryP50Ms(), report.eventToQueryP99Ms()));
        text.append(String.join(
                "\n",
                List.of(
                        "",
                        "Try next:",
                        "  ./ag06 up                      keep the stack running in the background",
                        "  ./ag06 agent --source live     measure the AG06 (or any line) on this machine",
                        "  ./ag06 sql \"SELECT * FROM v_service_health_now\"",
                        "  ./ag06 --help",
                        "")));
        return text.toString();
    }

    private static String percent(JsonNode value) {
        return value.isNull() ? "-" : value.asLong() + " %";
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
