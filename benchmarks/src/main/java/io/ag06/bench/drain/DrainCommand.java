package io.ag06.bench.drain;

import io.ag06.local.Json;
import io.ag06.local.cli.Interrupts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the scenario {@code drain}. */
@Command(
        name = "drain",
        mixinStandardHelpOptions = true,
        description = {
            "Loads a topic with service requests, then reads all of it with the jobs and with the barest loops:",
            "a consumer's poll, the same with decoding, and a client that inserts the same rows from memory.",
            "Each takes turns with the others; the counts of every round are checked."
        },
        footer = {
            "",
            "A short run, to see that all works:",
            "  ag06 bench drain --records 200000 --rounds 1",
            "One job alone, as when its profile is taken:",
            "  ag06 bench drain --only golden-signals --parallelism 1"
        })
public final class DrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--records",
            paramLabel = "N",
            defaultValue = "5000000",
            description = "Requests in the topic (default: ${DEFAULT-VALUE}).")
    private long records;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Rounds that count, after one that warms up (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,2",
            description = "Threads or tasks that share the work, each in turn (default: ${DEFAULT-VALUE}).")
    private List<Integer> parallelisms;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Run only these: poll, poll-decode, golden-signals, insert, event-archive.")
    private List<String> only = List.of();

    @Option(
            names = "--by-the-clock",
            description = {
                "Let the jobs' last checkpoint come when it comes, up to its interval after the last record,",
                "instead of asking for it when all is read."
            })
    private boolean byTheClock;

    @Option(
            names = "-D",
            paramLabel = "key=value",
            description = "A setting of the jobs, where it shall differ from its default.")
    private Map<String, String> jobSettings = Map.of();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the run's data lies (default: a temporary folder, deleted at the end).")
    private Path data;

    @Option(names = "--json", description = "Print one JSON object, and nothing else, on standard output.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        require(records >= 1, "--records=%d: must be 1 or more", records);
        require(rounds >= 1, "--rounds=%d: must be 1 or more", rounds);
        for (int parallelism : parallelisms) {
            require(parallelism >= 1, "--parallelism=%d: must be 1 or more", parallelism);
        }
        List<ContenderName> contenders = contenders();
        DrainReport report = Interrupts.duringWork(() -> inFolder(contenders));
        spec.commandLine().getOut().print(json ? Json.pretty(report) : DrainText.of(report));
        spec.commandLine().getOut().flush();
        return 0;
    }

    private DrainReport inFolder(List<ContenderName> contenders) throws Exception {
        if (data != null) {
            return drain(contenders, data.toAbsolutePath().normalize());
        }
        Path folder = Files.createTempDirectory("ag06-bench");
        try {
            return drain(contenders, folder);
        } finally {
            delete(folder);
        }
    }

    private DrainReport drain(List<ContenderName> contenders, Path folder) throws Exception {
        List<String> settings = jobSettings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toList();
        return new Drain(
                        new DrainSettings(records, rounds, parallelisms, contenders, settings, byTheClock, folder),
                        line -> spec.commandLine().getErr().println(line))
                .run();
    }

    private static void delete(Path folder) throws IOException {
        FileUtils.deleteDirectory(folder.toFile());
    }

    private List<ContenderName> contenders() {
        List<String> words =
                Arrays.stream(ContenderName.values()).map(ContenderName::word).toList();
        for (String name : only) {
            require(words.contains(name), "--only=%s: must be one of " + String.join(", ", words), name);
        }
        return Arrays.stream(ContenderName.values())
                .filter(name -> only.isEmpty() || only.contains(name.word()))
                .toList();
    }

    private void require(boolean fulfilled, String problem, Object value) {
        if (!fulfilled) {
            throw new ParameterException(spec.commandLine(), problem.formatted(value));
        }
    }
}
