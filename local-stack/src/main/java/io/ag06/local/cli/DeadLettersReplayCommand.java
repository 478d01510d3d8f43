package io.ag06.local.cli;

import io.ag06.local.ClickHouseAddress;
import io.ag06.local.Connections;
import io.ag06.local.SqlClient;
import io.ag06.local.StackException;
import io.ag06.local.deadletters.BlockReplays;
import io.ag06.local.deadletters.DeadLetters;
import io.ag06.local.deadletters.Letter;
import io.ag06.local.deadletters.LetterFilter;
import io.ag06.local.deadletters.LetterId;
import io.ag06.local.deadletters.LetterReplayer;
import io.ag06.local.deadletters.RefusedBlock;
import io.ag06.local.deadletters.RejectedBlocks;
import io.ag06.pipeline.sink.clickhouse.BlockReplay;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends letters and blocks again. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Sends dead letters to their topics again, and refused blocks to their tables, each once: what was sent",
            "before is not sent again, and a replay that was killed has sent all of a round or nothing of it."
        },
        footer = {
            "",
            "Examples:",
            "  ag06 dead-letters replay ag06.service-requests/1/42 17216961135462248174",
            "  ag06 dead-letters replay --all-of service-requests --stage rules --since 2h",
            "  ag06 dead-letters replay --all-of rejected-blocks"
        })
final class DeadLettersReplayCommand extends OnData implements Callable<Integer> {
    private static final String BLOCKS = "rejected-blocks";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "Letters and blocks, as 'list' names them.")
    private List<String> ids = List.of();

    @Option(
            names = "--all-of",
            paramLabel = "TOPIC",
            description = "Every letter of a topic, or " + BLOCKS + ": every block that is not in its table.")
    private String allOf;

    @Mixin
    private LetterOptions which = new LetterOptions();

    @Option(names = "--again", description = "Send letters too that were sent again before.")
    private boolean again;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "Where Kafka listens (default: the stack's own).")
    private String kafka;

    private long sent;
    private long passed;

    @Override
    public Integer call() throws Exception {
        if (ids.isEmpty() == (allOf == null)) {
            throw new ParameterException(spec.commandLine(), "Name IDs, or --all-of TOPIC");
        }
        ClickHouseAddress clickHouse = Connections.clickHouse(data.directory());
        SqlClient sql = new SqlClient(clickHouse);
        DeadLetters letters = new DeadLetters(sql);
        RejectedBlocks blocks = new RejectedBlocks(sql);
        if (BLOCKS.equals(allOf)) {
            replay(
                    clickHouse,
                    blocks.matching(which.with(null)).stream()
                            .filter(block -> !block.stored())
                            .toList());
        } else if (allOf != null) {
            LetterFilter filter = which.with(allOf);
            try (LetterReplayer replayer = LetterReplayer.open(kafka(), letters)) {
                replayer.replayAll(filter, again, this::tell);
            }
        } else {
            // Whatever is named must be there before anything is sent.
            List<Letter> namedLetters = letters(letters);
            List<RefusedBlock> namedBlocks = blocks(blocks);
            if (!namedLetters.isEmpty()) {
                try (LetterReplayer replayer = LetterReplayer.open(kafka(), letters)) {
                    replayer.replay(namedLetters, again, this::tell);
                }
            }
            replay(clickHouse, namedBlocks);
        }
        System.out.printf("%,d sent again%s%n", sent, passed == 0 ? "" : ", %,d were before".formatted(passed));
        return 0;
    }

    private String kafka() {
        return kafka == null ? Connections.running(data.directory()).kafka() : kafka;
    }

    private List<Letter> letters(DeadLetters letters) {
        List<Letter> found = new ArrayList<>();
        for (String id : ids) {
            if (!RejectedBlocks.isName(id)) {
                LetterId wanted = LetterId.parse(id);
                found.add(letters.find(wanted)
                        .orElseThrow(() ->
                                new StackException("There is no dead letter %s; nothing was sent".formatted(wanted))));
            }
        }
        return found;
    }

    private List<RefusedBlock> blocks(RejectedBlocks blocks) {
        List<RefusedBlock> found = new ArrayList<>();
        for (String id : ids) {
            if (RejectedBlocks.isName(id)) {
                found.add(blocks.named(id)
                        .orElseThrow(() ->
                                new StackException("There is no refused block %s; nothing was sent".formatted(id))));
            }
        }
        return found;
    }

    private void replay(ClickHouseAddress clickHouse, List<RefusedBlock> blocks) throws InterruptedException {
        try (BlockReplays replays = new BlockReplays(clickHouse)) {
            for (RefusedBlock block : blocks) {
                tell(block, replays.replay(block));
            }
        }
    }

    private void tell(LetterReplayer.Outcome outcome) {
        if (outcome.sent()) {
            sent++;
            System.out.printf(
                    "%s sent again as %s%n",
                    outcome.replay().letter(), outcome.replay().landedAt());
        } else {
            passed++;
            if (allOf == null) {
                System.out.printf(
                        "%s was %s; --again sends it once more%n",
                        outcome.replay().letter(), DeadLettersListing.words(outcome.replay()));
            }
        }
    }

    private void tell(RefusedBlock block, BlockReplay.Outcome outcome) {
        String words = switch (outcome) {
            case STORED -> "is stored in %s, %,d rows".formatted(block.table(), block.rows());
            case WAS_STORED -> "is in %s already".formatted(block.table());
            case PAST_ITS_TTL ->
                "was taken and is not shown: %s keeps no rows as old as these".formatted(block.table());
        };
        System.out.printf("%s %s%n", block.block(), words);
        if (outcome == BlockReplay.Outcome.WAS_STORED) {
            passed++;
        } else {
            sent++;
        }
    }
}
