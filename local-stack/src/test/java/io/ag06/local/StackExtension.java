package io.ag06.local;

import io.ag06.pipeline.job.Jobs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one running stack, with every job submitted, started at first use and stopped at the end of the run. Each
 * story uses names of its own, so that stories do not see each other.
 */
public final class StackExtension implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalStack.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(Running.class, type -> Running.start(), Running.class)
                .stack;
    }

    private record Running(LocalStack stack) implements AutoCloseable {
        static Running start() {
            try {
                Path data = Files.createTempDirectory(Path.of("target"), "stack");
                Logs.writeTo(data);
                return new Running(LocalStack.start(
                        StackSettings.onFreePorts(data, Optional.empty()),
                        Jobs.all(),
                        part -> System.out.println("Starting " + part)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            stack.close();
        }
    }
}
