package io.ag06.bench.drain;

import java.util.Locale;

/** A report for a person: medians of the rounds, and how far ratios spread. */
final class DrainText {
    private DrainText() {}

    static String of(DrainReport report) {
        StringBuilder text = new StringBuilder();
        text.append(line(
                "%,d service requests, %d round%s after one that warms up; %d processors, %s%n%n",
                report.records(),
                report.rounds(),
                report.rounds() == 1 ? "" : "s",
                report.machine().processors(),
                report.machine().java()));
        text.append(line(
                "%-14s %11s %11s %-26s %27s %9s %8s%n",
                "", "", "records", "ratio to the bare loop", "CPU s per million records", "MB", "peak"));
        text.append(line(
                "%-14s %11s %11s %-26s %9s %8s %8s %9s %8s%n",
                "contender",
                "parallelism",
                "a second",
                "(min .. max)",
                "its own",
                "Kafka",
                "ClickH.",
                "per mill.",
                "RSS MB"));
        for (DrainReport.Result result : report.results()) {
            text.append(line(
                    "%-14s %11d %,11.0f %-26s %9.2f %8.2f %8.2f %,9.0f %,8.0f%n",
                    result.contender(),
                    result.parallelism(),
                    result.recordsPerSecond().median(),
                    ratio(result),
                    result.cpuSecondsPerMillion().median(),
                    result.brokerCpuSecondsPerMillion().median(),
                    result.clickhouseCpuSecondsPerMillion().median(),
                    result.allocatedMbPerMillion().median(),
                    result.peakRssMb().max()));
        }
        return text.toString();
    }

    private static String ratio(DrainReport.Result result) {
        return result.ratio() == null
                ? ""
                : line(
                        "%.2f (%.2f .. %.2f) of %s",
                        result.ratio().median(),
                        result.ratio().min(),
                        result.ratio().max(),
                        result.bare());
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
