package io.ag06.local.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ag06.local.Json;
import io.ag06.local.deadletters.Letter;
import io.ag06.local.deadletters.LetterCount;
import io.ag06.local.deadletters.LetterReplay;
import io.ag06.local.deadletters.RefusedBlock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * What could not be taken in, as a person and as a program read it.
 *
 * @param counts letters by topic, stage and reason
 * @param newest the newest of them
 * @param blocks the blocks that ClickHouse refused
 */
record DeadLettersListing(List<LetterCount> counts, List<Letter> newest, List<RefusedBlock> blocks) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SHORT_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final int ERROR_WIDTH = 100;

    private long letters() {
        return counts.stream().mapToLong(LetterCount::letters).sum();
    }

    ObjectNode toJson() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("letters", letters());
        ArrayNode kinds = json.putArray("counts");
        counts.forEach(count -> kinds.addObject()
                .put("topic", count.topic())
                .put("stage", count.stage())
                .put("reason", count.reason())
                .put("letters", count.letters())
                .put("replayed", count.replayed())
                .put("first", iso(count.first()))
                .put("last", iso(count.last())));
        ArrayNode each = json.putArray("newest");
        newest.forEach(letter -> each.add(json(letter)));
        ArrayNode refused = json.putArray("blocks");
        blocks.forEach(block -> refused.add(json(block)));
        return json;
    }

    static ObjectNode json(Letter letter) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("id", letter.id().toString());
        json.put("topic", letter.topic());
        json.put("partition", letter.partition());
        json.put("offset", letter.offset());
        json.put("stage", letter.stage());
        json.put("error", letter.error());
        json.put("seen_at", iso(letter.seenAt()));
        json.put("bytes", letter.bytes());
        json.put(
                "replayed_at",
                letter.replay().map(replay -> iso(replay.replayedAt())).orElse(null));
        json.put(
                "replayed_to",
                letter.replay().map(replay -> replay.landedAt().toString()).orElse(null));
        return json;
    }

    static ObjectNode json(RefusedBlock block) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("block", block.block());
        json.put("table", block.table());
        json.put("partition", block.partition());
        json.put("rows", block.rows());
        json.put("bytes", block.bytes());
        json.put("refused_at", iso(block.refusedAt()));
        json.put("stored", block.stored());
        json.put("error", block.error());
        return json;
    }

    String toText() {
        StringBuilder text = new StringBuilder();
        text.append(line("%,d dead letters", letters()));
        text.append(
                blocks.isEmpty()
                        ? line("; no block was refused%n")
                        : line(
                                "; %,d refused blocks, of which %,d are stored since%n",
                                blocks.size(),
                                blocks.stream().filter(RefusedBlock::stored).count()));
        if (!counts.isEmpty()) {
            text.append(line("%n%9s %9s  %-24s %-7s %s%n", "letters", "replayed", "topic", "stage", "reason"));
            counts.forEach(count -> text.append(line(
                    "%,9d %,9d  %-24s %-7s %s%n",
                    count.letters(), count.replayed(), count.topic(), count.stage(), shortened(count.reason()))));
        }
        if (!newest.isEmpty()) {
            text.append(line("%n%-32s %-19s  %-7s %s%n", "newest", "refused at (UTC)", "stage", "error"));
            newest.forEach(letter -> append(text, letter));
        }
        if (!blocks.isEmpty()) {
            text.append(line("%n%-32s %-19s  %-24s %9s  %s%n", "block", "refused at (UTC)", "table", "rows", "error"));
            blocks.forEach(block -> text.append(line(
                    "%-32s %-19s  %-24s %,9d  %s%n",
                    block.block(),
                    SHORT_TIME.format(block.refusedAt()),
                    block.table(),
                    block.rows(),
                    (block.stored() ? "stored since; " : "") + shortened(block.error()))));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Letter letter) {
        text.append(line(
                "%-32s %-19s  %-7s %s%n",
                letter.id(), SHORT_TIME.format(letter.seenAt()), letter.stage(), shortened(letter.error())));
        letter.replay().ifPresent(replay -> text.append(line("%32s %s%n", "", words(replay))));
    }

    /** When a letter was sent again, and where its bytes stand now. */
    static String words(LetterReplay replay) {
        return line("sent again at %s as %s", SHORT_TIME.format(replay.replayedAt()), replay.landedAt());
    }

    static String iso(Instant time) {
        return TIME.format(time);
    }

    private static String shortened(String text) {
        String flat = text.replaceAll("\\s+", " ").strip();
        return flat.length() <= ERROR_WIDTH ? flat : flat.substring(0, ERROR_WIDTH - 1) + "…";
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
