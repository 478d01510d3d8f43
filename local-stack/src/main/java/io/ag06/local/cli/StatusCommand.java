package io.ag06.local.cli;

import io.ag06.local.StackStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says how the stack is. */
@Command(name = "status", mixinStandardHelpOptions = true, description = "Says where the stack answers and how it is.")
final class StatusCommand extends OnData implements Callable<Integer> {
    @Option(names = "--json", description = "One JSON object: the endpoints.")
    private boolean json;

    @Override
    public Integer call() {
        StackStatus status = StackStatus.of(data.directory());
        if (json) {
            System.out.print(status.toJson());
            return 0;
        }
        System.out.print(EndpointsText.of(status.endpoints()));
        System.out.println();
        status.jobs()
                .forEach(
                        (job, state) -> System.out.printf("%-16s %s%n", job, state.toLowerCase(java.util.Locale.ROOT)));
        System.out.println();
        status.rows().forEach((table, rows) -> System.out.printf("%-24s %,12d rows%n", table, rows));
        return 0;
    }
}
