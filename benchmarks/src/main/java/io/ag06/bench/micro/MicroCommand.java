package io.ag06.bench.micro;

import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs the micro-benchmarks. */
@Command(
        name = "micro",
        mixinStandardHelpOptions = true,
        description = "Measures what happens to each record by itself, with JMH: nanoseconds and bytes per record.")
public final class MicroCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "PATTERN",
            arity = "0..1",
            defaultValue = ".*",
            description = "Run only the benchmarks whose name this regular expression finds.")
    private String pattern;

    @Override
    public Integer call() throws RunnerException {
        String own = MicroCommand.class.getPackageName().replace(".", "\\.");
        new Runner(new OptionsBuilder()
                        .include(own + ".*" + pattern)
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
        return 0;
    }
}
