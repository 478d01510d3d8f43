package io.ag06.local.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ag06.local.Connections;
import io.ag06.local.Json;
import io.ag06.local.SqlClient;
import io.ag06.local.StackException;
import io.ag06.local.deadletters.DeadLetters;
import io.ag06.local.deadletters.HexDump;
import io.ag06.local.deadletters.Letter;
import io.ag06.local.deadletters.LetterId;
import io.ag06.local.deadletters.RecordText;
import io.ag06.local.deadletters.RefusedBlock;
import io.ag06.local.deadletters.RejectedBlocks;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Everything that is known of one letter or block. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = {
            "Shows everything that is known of a dead letter or of a refused block: the record as JSON where its bytes",
            "are one, else the bytes; the first rows of a block."
        },
        footer = {
            "",
            "Examples:",
            "  ag06 dead-letters show ag06.service-requests/1/42",
            "  ag06 dead-letters show 17216961135462248174"
        })
final class DeadLettersShowCommand extends OnData implements Callable<Integer> {
    private static final int MOST_BYTES = 4_096;
    private static final int MOST_ROWS = 10;

    @Parameters(paramLabel = "ID", description = "TOPIC/PARTITION/OFFSET of a letter, or the number of a block.")
    private String id;

    @Option(names = "--json", description = "Print one JSON object, and nothing else, on standard output.")
    private boolean json;

    @Override
    public Integer call() {
        SqlClient sql = new SqlClient(Connections.clickHouse(data.directory()));
        System.out.print(RejectedBlocks.isName(id) ? block(new RejectedBlocks(sql)) : letter(new DeadLetters(sql)));
        return 0;
    }

    private String letter(DeadLetters letters) {
        LetterId wanted = LetterId.parse(id);
        Letter letter = letters.find(wanted)
                .orElseThrow(() -> new StackException(
                        "There is no dead letter %s; see: ag06 dead-letters list".formatted(wanted)));
        byte[] original = letters.originals(List.of(letter)).get(wanted);
        RecordText record = RecordText.of(letter.topic(), original);
        ObjectNode known = DeadLettersListing.json(letter);
        if (json) {
            known.set("record", record.json().orElse(null));
            known.put("original_hex", HexFormat.of().formatHex(original));
            return Json.pretty(known);
        }
        return lines(known)
                + System.lineSeparator()
                + record.json()
                        .map(Json::pretty)
                        .orElseGet(() -> record.whyNot() + System.lineSeparator() + HexDump.of(original, MOST_BYTES));
    }

    private String block(RejectedBlocks blocks) {
        RefusedBlock block = blocks.named(id)
                .orElseThrow(() ->
                        new StackException("There is no refused block %s; see: ag06 dead-letters list".formatted(id)));
        ObjectNode known = DeadLettersListing.json(block);
        known.put("columns", String.join(", ", block.columns()));
        List<Map<String, Object>> rows = new ArrayList<>();
        String whyNot = "";
        try {
            rows.addAll(blocks.firstRows(block, MOST_ROWS));
        } catch (
                StackException e) { // The bytes may be why it was refused: what is known besides is shown all the same.
            whyNot = e.getMessage() + System.lineSeparator();
        }
        if (json) {
            known.set("first_rows", Json.MAPPER.valueToTree(rows));
            return Json.pretty(known);
        }
        StringBuilder text =
                new StringBuilder(lines(known)).append(System.lineSeparator()).append(whyNot);
        rows.forEach(row -> text.append(Json.line(row)).append(System.lineSeparator()));
        if (block.rows() > rows.size()) {
            text.append("… and %,d more rows%n".formatted(block.rows() - rows.size()));
        }
        return text.toString();
    }

    private static String lines(ObjectNode known) {
        StringBuilder text = new StringBuilder();
        known.properties()
                .forEach(field -> text.append("%-12s %s%n"
                        .formatted(
                                field.getKey(),
                                field.getValue().isNull()
                                        ? "-"
                                        : field.getValue().asText())));
        return text.toString();
    }
}
