package io.ag06.local.cli;

import io.ag06.local.Connections;
import io.ag06.local.Json;
import io.ag06.local.SqlClient;
import io.ag06.local.deadletters.DeadLetters;
import io.ag06.local.deadletters.LetterFilter;
import io.ag06.local.deadletters.RejectedBlocks;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How many letters there are of each kind, the newest of them, and the blocks. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Counts dead letters by topic, stage and reason, and lists the newest and every refused block.",
            "Says of each when it was sent again."
        })
final class DeadLettersListCommand extends OnData implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "Meant for this topic, with or without 'ag06.' (blocks: for its table).")
    private String topic;

    @Mixin
    private LetterOptions which = new LetterOptions();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "Letters to list (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--json", description = "Print one JSON object, and nothing else, on standard output.")
    private boolean json;

    @Override
    public Integer call() {
        if (limit < 0) {
            throw new ParameterException(spec.commandLine(), "--limit=%d: must be 0 or more".formatted(limit));
        }
        LetterFilter filter = which.with(topic);
        SqlClient sql = new SqlClient(Connections.clickHouse(data.directory()));
        DeadLetters letters = new DeadLetters(sql);
        DeadLettersListing listing = new DeadLettersListing(
                letters.counts(filter), letters.newest(filter, limit), new RejectedBlocks(sql).matching(filter));
        System.out.print(json ? Json.pretty(listing.toJson()) : listing.toText());
        return 0;
    }
}
