package io.ag06.local.cli;

import io.ag06.local.StackStatus;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** Says how the stack is. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Says where the stack answers and how it is.",
            "Ends with status 1 where no stack runs, and with 0 where one does, well or not:",
            "a program asks /healthz beside the metrics, or reads 'healthy' of --json."
        })
final class StatusCommand extends OnData implements Callable<Integer> {
    @Option(names = "--json", description = "One JSON object: the endpoints, and the health of each part and job.")
    private boolean json;

    @Override
    public Integer call() {
        StackStatus status = StackStatus.of(data.directory());
        System.out.print(json ? status.toJson() : Ansi.AUTO.string(StatusText.of(status, Instant.now())));
        return 0;
    }
}
