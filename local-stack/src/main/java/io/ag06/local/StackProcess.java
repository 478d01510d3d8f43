package io.ag06.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The stack as a background process: started so that it outlives this one, found again by its data folder. */
public final class StackProcess {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration LONGEST_STOP = Duration.ofMinutes(2);

    private final Path dataDirectory;

    public StackProcess(Path dataDirectory) {
        this.dataDirectory = dataDirectory;
    }

    /** What runs in the data folder, if anything does. */
    public Optional<Endpoints> running() {
        return Endpoints.readFrom(dataDirectory).filter(Endpoints::alive);
    }

    /**
     * Starts a stack in a process of its own and waits until it can be used.
     *
     * @param mainClass what the process runs
     * @param arguments its arguments
     * @param progress is given each line that the process prints while it starts
     * @throws StackException with the process's last words, where it ends instead
     */
    public Endpoints start(Class<?> mainClass, List<String> arguments, Consumer<String> progress) {
        Path output = dataDirectory.resolve("logs").resolve("up.out");
        Process process = launch(mainClass, arguments, output);
        try (RandomAccessFile printed = new RandomAccessFile(output.toFile(), "r")) {
            List<String> lines = new ArrayList<>();
            while (true) {
                boolean ended = process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                for (String line = printed.readLine(); line != null; line = printed.readLine()) {
                    String text = new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
                    lines.add(text);
                    progress.accept(text);
                }
                Optional<Endpoints> endpoints = running().filter(found -> found.pid() == process.pid());
                if (endpoints.isPresent()) {
                    return endpoints.get();
                }
                if (ended) {
                    throw new StackException(
                            lines.isEmpty()
                                    ? "The stack ended at once; see " + Logs.fileIn(dataDirectory)
                                    : lines.get(lines.size() - 1).replaceFirst("^ag06: ", ""));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("What the stack prints can't be read from " + output, e);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while the stack was starting; it was stopped", e);
        }
    }

    /** Stops what runs in the data folder, in order; answers whether anything did. */
    public boolean stop() {
        Optional<ProcessHandle> process = running().flatMap(endpoints -> ProcessHandle.of(endpoints.pid()));
        if (process.isEmpty()) {
            return false;
        }
        process.get().destroy();
        try {
            process.get().onExit().get(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while the stack was stopping", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new StackException(
                    "The stack (process %d) has not stopped within %d s; see %s"
                            .formatted(process.get().pid(), LONGEST_STOP.toSeconds(), Logs.fileIn(dataDirectory)),
                    e);
        }
    }

    private Process launch(Class<?> mainClass, List<String> arguments, Path output) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmArguments.ofThisProcess());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(mainClass.getName());
        command.addAll(arguments);
        try {
            Files.createDirectories(output.getParent());
            return new ProcessBuilder(command)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            throw new StackException("The stack's process can't be started: " + e.getMessage(), e);
        }
    }
}
