package io.ag06.local.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import io.ag06.local.SqlClient;
import io.ag06.sql.Partials;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * One partition of a topic, whose rows in the raw table are held against a table of partial aggregates: its stretches
 * may not overlap, none of their rows may be there twice, each record must lie in one of them, and where the table
 * counts records, a stretch must count those that the raw table has of it.
 */
final class PartialsCheck {
    private final Partials partials;
    private final FactsCheck facts;
    private final OptionalLong committed;
    private final SqlClient sql;
    private final StoredOffsets stored;
    private final long window;
    private final List<String> rejectedBlocks = new ArrayList<>();
    private OffsetRanges rejected = OffsetRanges.NONE;
    private StretchFindings all;
    private StretchFindings wrong;

    /**
     * A check, not yet made.
     *
     * @param committed where the job that writes the table goes on; empty where it was never at work
     * @param window offsets looked at together
     */
    PartialsCheck(
            Partials partials,
            FactsCheck facts,
            OptionalLong committed,
            SqlClient sql,
            StoredOffsets stored,
            long window) {
        this.partials = partials;
        this.facts = facts;
        this.committed = committed;
        this.sql = sql;
        this.stored = stored;
        this.window = window;
    }

    Partials partials() {
        return partials;
    }

    TopicPartition partition() {
        return facts.partition();
    }

    void compare() {
        all = find(facts.from(), facts.to());
        wrong = all;
    }

    /** What looks wrong and may be so because rows of this table or of the raw one are still on their way. */
    long awaited() {
        return wrong.notCovered().minus(rejected).count() + wrong.notCounted() + wrong.surplus();
    }

    /** Asks again for what looks wrong. */
    void lookAgain() {
        if (awaited() > 0) {
            OffsetRanges where = wrong.missing().plus(wrong.doubled());
            wrong = find(where.first(), where.last() + 1);
        }
    }

    /** What is missing lies, in part, in a block that the server refused. */
    void explain(String block, OffsetRanges offsets) {
        if (!wrong.missing().and(offsets).isEmpty() && !rejectedBlocks.contains(block)) {
            rejected = rejected.plus(offsets);
            rejectedBlocks.add(block);
        }
    }

    PartialsReport report() {
        OptionalLong limit = limit();
        return new PartialsReport(
                partials.table().name(),
                partition().topic(),
                partition().partition(),
                facts.from(),
                facts.to(),
                limit.isPresent() ? limit.getAsLong() : null,
                all.stretches(),
                partials.counts(partition().topic()) ? all.events() : null,
                all.records(),
                all.pending(),
                Places.some(wrong.missing(), wrong.notCovered().count() + wrong.notCounted()),
                Places.some(wrong.doubled(), wrong.overlap() + wrong.surplus()),
                rejectedBlocks);
    }

    /** Below this both the raw table and this one must be complete. */
    private OptionalLong limit() {
        return committed.isPresent() && facts.committed().isPresent()
                ? OptionalLong.of(
                        Math.min(committed.getAsLong(), facts.committed().getAsLong()))
                : OptionalLong.empty();
    }

    private StretchFindings find(long from, long end) {
        List<Stretch> stretches = stretches(from, end);
        StretchFindings findings = new StretchFindings(
                stretches,
                from,
                end,
                limit().orElse(from),
                partials.counts(partition().topic()) ? facts.missing() : null);
        long at = stretches.isEmpty() ? from : Math.min(from, stretches.get(0).first());
        int next = 0;
        while (at < end) {
            long windowEnd = Math.min(end, at + window);
            int first = next;
            while (next < stretches.size() && stretches.get(next).first() < windowEnd) {
                windowEnd = Math.max(windowEnd, stretches.get(next).last() + 1);
                next++;
            }
            OffsetRanges takenIn =
                    stored.findTakenIn(partition(), at, windowEnd).offsets();
            findings.add(takenIn, stretches.subList(first, next));
            at = windowEnd;
        }
        return findings;
    }

    /** The stretches that reach into these offsets, in order. */
    private List<Stretch> stretches(long from, long end) {
        String first = partials.table().offsets().first();
        String last = partials.table().offsets().last();
        List<JsonNode> rows = sql.rows("""
                SELECT %1$s AS first, %2$s AS last, sum(%3$s) AS events, count() AS rows, uniqExact(%4$s) AS keys
                FROM `%5$s`
                WHERE %6$s = %7$s AND kafka_partition = %8$d AND %2$s >= %9$d AND %1$s < %10$d
                GROUP BY first, last
                ORDER BY first, last
                """.formatted(
                        first,
                        last,
                        partials.events(),
                        String.join(", ", partials.key()),
                        partials.table().name(),
                        partials.table().offsets().topic(),
                        SqlClient.literal(partition().topic()),
                        partition().partition(),
                        from,
                        end));
        return rows.stream()
                .map(row -> new Stretch(
                        row.get("first").asLong(),
                        row.get("last").asLong(),
                        row.get("events").asLong(),
                        row.get("rows").asLong(),
                        row.get("keys").asLong()))
                .toList();
    }
}
