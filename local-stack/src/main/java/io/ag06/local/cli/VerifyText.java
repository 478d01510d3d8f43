package io.ag06.local.cli;

import io.ag06.local.reconcile.FactsReport;
import io.ag06.local.reconcile.PartialsReport;
import io.ag06.local.reconcile.ReconciliationReport;
import java.util.List;
import java.util.Locale;

/** A verification's report for a person: the verdict in a line, then a table of what was compared. */
final class VerifyText {
    private static final String ROW = "%-32s %12s %12s %8s %9s %9s %9s%n";

    private VerifyText() {}

    static String of(ReconciliationReport report) {
        StringBuilder text = new StringBuilder();
        text.append(report.verdict()).append("\n\n");
        text.append(line(ROW, "topic-partition", "records", "stored", "refused", "missing", "doubled", "to come"));
        for (FactsReport facts : report.facts()) {
            if (isEmpty(facts)) {
                continue;
            }
            text.append(line(
                    ROW,
                    "%s-%d".formatted(facts.topic(), facts.partition()),
                    number(facts.records()),
                    number(facts.stored()),
                    number(facts.deadLetters()),
                    number(facts.missing().records()),
                    number(facts.doubled().records()),
                    number(facts.pending())));
            append(text, facts.undecodable(), "stored nowhere by design: no dead letters themselves");
            append(text, facts.unexpected().records(), "unknown to Kafka, at " + facts.unexpected());
            appendBlocks(text, facts.rejectedBlocks());
        }
        long empty = report.facts().stream().filter(VerifyText::isEmpty).count();
        if (empty > 0) {
            text.append(line("%,d other partitions are empty%n", empty));
        }
        if (!report.partials().isEmpty()) {
            text.append('\n');
            text.append(line(ROW, "aggregates", "records", "counted", "stretches", "missing", "doubled", "to come"));
        }
        String table = "";
        for (PartialsReport partials : report.partials()) {
            if (partials.records() == 0 && partials.stretches() == 0) {
                continue;
            }
            if (!partials.table().equals(table)) {
                table = partials.table();
                text.append(table).append('\n');
            }
            text.append(line(
                    ROW,
                    "  %s-%d".formatted(partials.topic(), partials.partition()),
                    number(partials.records()),
                    partials.events() == null ? "-" : number(partials.events()),
                    number(partials.stretches()),
                    number(partials.missing().records()),
                    number(partials.doubled().records()),
                    number(partials.pending())));
            appendBlocks(text, partials.rejectedBlocks());
        }
        return text.toString();
    }

    private static boolean isEmpty(FactsReport facts) {
        return facts.records() == 0
                && facts.doubled().records() == 0
                && facts.unexpected().records() == 0;
    }

    private static void append(StringBuilder text, long records, String what) {
        if (records > 0) {
            text.append(line("  %,d %s%n", records, what));
        }
    }

    private static void appendBlocks(StringBuilder text, List<String> blocks) {
        if (!blocks.isEmpty()) {
            text.append(line("  missing rows are in rejected_blocks: %s%n", String.join(", ", blocks)));
        }
    }

    private static String number(long number) {
        return line("%,d", number);
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
