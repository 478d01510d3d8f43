package io.ag06.local.cli;

import io.ag06.local.StackProcess;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Stops the stack. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stops the stack in the background; what it stored stays.")
final class DownCommand extends OnData implements Callable<Integer> {
    @Override
    public Integer call() {
        boolean stopped = new StackProcess(data.directory()).stop();
        System.out.println(stopped ? "Stopped." : "No stack runs in " + data.directory() + ".");
        return 0;
    }
}
