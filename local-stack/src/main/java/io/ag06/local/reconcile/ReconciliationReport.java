package io.ag06.local.reconcile;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What a run found.
 *
 * @param facts each partition of each topic against its rows
 * @param partials each partition of the topics that are aggregated, against the rows of the aggregates
 */
@JsonPropertyOrder({
    "clean",
    "verdict",
    "records",
    "stored",
    "dead_letters",
    "missing",
    "doubled",
    "unexpected",
    "pending",
    "undecodable"
})
public record ReconciliationReport(List<FactsReport> facts, List<PartialsReport> partials) {
    private static final int NAMED = 3;

    public ReconciliationReport {
        facts = List.copyOf(facts);
        partials = List.copyOf(partials);
    }

    /** Whether nothing is missing, nothing doubled, and nothing there that Kafka does not know. */
    @JsonProperty
    public boolean clean() {
        return missing() + doubled() + unexpected() == 0;
    }

    /** Committed records in Kafka. */
    @JsonProperty
    public long records() {
        return sum(FactsReport::records);
    }

    /** Those of them that have a row. */
    @JsonProperty
    public long stored() {
        return sum(FactsReport::stored);
    }

    /** The rows among these that are dead letters. */
    @JsonProperty
    public long deadLetters() {
        return sum(FactsReport::deadLetters);
    }

    /** Records without a row, and records that a partial aggregate lacks. */
    @JsonProperty
    public long missing() {
        return total(FactsReport::missing, PartialsReport::missing);
    }

    /** Records with several rows, and records that partial aggregates hold several times. */
    @JsonProperty
    public long doubled() {
        return total(FactsReport::doubled, PartialsReport::doubled);
    }

    /** Rows for which Kafka has no committed record. */
    @JsonProperty
    public long unexpected() {
        return sum(report -> report.unexpected().records());
    }

    /** Records that the archive has not come to yet. */
    @JsonProperty
    public long pending() {
        return sum(FactsReport::pending);
    }

    /** Records of the topic of dead letters that are none themselves, and stored nowhere by design. */
    @JsonProperty
    public long undecodable() {
        return sum(FactsReport::undecodable);
    }

    /** Blocks in {@code rejected_blocks} that hold missing rows. */
    @JsonIgnore
    public List<String> rejectedBlocks() {
        return Stream.concat(
                        facts.stream().map(FactsReport::rejectedBlocks),
                        partials.stream().map(PartialsReport::rejectedBlocks))
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    /** The whole in one line: whether anything is missing or doubled, and where. */
    @JsonProperty
    public String verdict() {
        String rest = rest("; %,d yet to come", pending()) + rest("; %,d stored nowhere by design", undecodable());
        if (clean()) {
            return String.format(
                    Locale.ROOT,
                    "Nothing is missing and nothing is doubled: %,d of %,d records are stored once%s.",
                    stored(),
                    records(),
                    rest);
        }
        List<String> wrong = new ArrayList<>();
        describe(wrong, "missing", missing(), FactsReport::missing, PartialsReport::missing);
        describe(wrong, "doubled", doubled(), FactsReport::doubled, PartialsReport::doubled);
        describe(wrong, "unknown to Kafka", unexpected(), FactsReport::unexpected, none -> Places.NONE);
        return String.join("; ", wrong) + rest + ".";
    }

    private static String rest(String words, long records) {
        return records == 0 ? "" : String.format(Locale.ROOT, words, records);
    }

    private void describe(
            List<String> lines,
            String what,
            long records,
            Function<FactsReport, Places> ofFacts,
            Function<PartialsReport, Places> ofPartials) {
        if (records == 0) {
            return;
        }
        List<String> where = new ArrayList<>();
        for (FactsReport report : facts) {
            name(where, "%s-%d".formatted(report.topic(), report.partition()), ofFacts.apply(report));
        }
        for (PartialsReport report : partials) {
            name(
                    where,
                    "%s of %s-%d".formatted(report.table(), report.topic(), report.partition()),
                    ofPartials.apply(report));
        }
        String more = where.size() > NAMED ? " and %d more".formatted(where.size() - NAMED) : "";
        lines.add(String.format(Locale.ROOT, "%,d %s: ", records, what)
                + String.join(", ", where.subList(0, Math.min(NAMED, where.size())))
                + more);
    }

    private static void name(List<String> where, String place, Places records) {
        if (!records.isNone()) {
            where.add("%s at %s".formatted(place, records));
        }
    }

    private long total(Function<FactsReport, Places> ofFacts, Function<PartialsReport, Places> ofPartials) {
        return sum(report -> ofFacts.apply(report).records())
                + partials.stream()
                        .mapToLong(report -> ofPartials.apply(report).records())
                        .sum();
    }

    private long sum(ToLongFunction<FactsReport> what) {
        return facts.stream().mapToLong(what).sum();
    }
}
