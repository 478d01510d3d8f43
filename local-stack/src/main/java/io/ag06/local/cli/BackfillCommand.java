package io.ag06.local.cli;

import io.ag06.local.BackfillRun;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a job over files. */
@Command(
        name = "backfill",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a job's own graph over files to their end and prints its results as JSON lines,",
            "each key once, as the job's view would show it.",
            "Jobs: golden-signals, scaling-forecast."
        },
        footer = {
            "",
            "Example:",
            "  ag06 backfill golden-signals --input service-requests=requests.jsonl.gz \\",
            "    --output signals.jsonl"
        })
final class BackfillCommand implements Callable<Integer> {
    @Parameters(paramLabel = "JOB", description = "The job's name.")
    private String job;

    @Option(
            names = "--input",
            required = true,
            paramLabel = "TOPIC=FILE",
            description = "JSON lines of a topic (without 'ag06.'), plain or .gz; may be given several times.")
    private List<String> inputs;

    @Option(names = "--output", paramLabel = "FILE", description = "Where results go (default: standard output).")
    private Path output;

    @Option(names = "--rejected", paramLabel = "FILE", description = "Where lines go that are no record.")
    private Path rejected;

    @Option(
            names = "-D",
            paramLabel = "key=value",
            description = "A setting of the job; parallelism=N sets its parallel tasks.")
    private Map<String, String> settings = Map.of();

    @Override
    public Integer call() throws Exception {
        BackfillRun run = new BackfillRun(job, inputs, settings);
        Optional<Path> rejectedFile = Optional.ofNullable(rejected);
        if (output == null) {
            run.run(System.out, rejectedFile).forEach(System.err::println);
        } else {
            try (OutputStream results = new FileOutputStream(output.toFile())) {
                run.run(results, rejectedFile).forEach(System.err::println);
            }
        }
        return 0;
    }
}
