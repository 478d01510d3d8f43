package io.ag06.local;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program of ours in a JVM of its own. It says in its first line of output that it is ready, is told what to do on
 * its standard input, and ends when that ends: so it never outlives this process, however that dies.
 */
public final class ChildJvm implements AutoCloseable {
    /** What a program prints in its first line when it can be used; what follows in the line is for its parent. */
    public static final String READY = "ready ";

    private static final Logger LOG = LoggerFactory.getLogger(ChildJvm.class);
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

    private final String name;
    private final Process process;
    private final BufferedReader output;
    private final PrintStream input;
    private String ready = "";

    private ChildJvm(String name, Process process) {
        this.name = name;
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /**
     * Starts a program and waits until it is ready.
     *
     * @param name for messages, and for its log
     * @param options of the JVM
     * @param main with the method {@code main}
     * @param logs the folder that gets its log, and what it prints when it dies
     * @throws StackException where it ends, or is not ready in time
     */
    public static ChildJvm start(String name, List<String> options, Class<?> main, List<String> arguments, Path logs) {
        Path errors = logs.resolve(name + ".out");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-Dag06.log=" + logs.resolve(name + ".log"));
        command.add("-Dlog4j2.configurationFile=log4j2.xml");
        command.add("-cp");
        command.add(classPath());
        command.add(main.getName());
        command.addAll(arguments);
        try {
            Files.createDirectories(logs);
            ChildJvm child = new ChildJvm(
                    name,
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                            .start());
            child.awaitReady(errors);
            return child;
        } catch (IOException e) {
            throw new StackException("The process of %s can't be started: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** Ours, with absolute paths. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void awaitReady(Path errors) throws IOException {
        CompletableFuture<String> first = CompletableFuture.supplyAsync(this::readLine);
        try {
            String line = first.get(LONGEST_START.toSeconds(), TimeUnit.SECONDS);
            if (line == null || !line.startsWith(READY.strip())) {
                throw new StackException(
                        "The process of %s does not start; its last words are in %s".formatted(name, errors));
            }
            ready = line.substring(READY.strip().length()).strip();
        } catch (ExecutionException e) {
            throw new IOException("its output can't be read", e);
        } catch (TimeoutException e) {
            kill();
            throw new StackException(
                    "The process of %s is not ready after %d s; see %s"
                            .formatted(name, LONGEST_START.toSeconds(), errors),
                    e);
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while %s was starting; it was stopped".formatted(name), e);
        }
    }

    private String readLine() {
        try {
            return output.readLine();
        } catch (IOException e) {
            LOG.debug("{} says no more", name, e);
            return null;
        }
    }

    /** What the program said when it was ready. */
    public String ready() {
        return ready;
    }

    /** Tells the program something, in one line. One that has ended does not hear it. */
    public void tell(String line) {
        input.println(line);
    }

    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Ends the process as {@code kill -9} does, and waits for its end. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Stops the program in order; one that takes too long is killed. */
    @Override
    public void close() {
        input.close();
        if (!awaitEnd()) {
            LOG.warn("{} did not stop within {} s and was killed", name, LONGEST_STOP.toSeconds());
            kill();
        }
    }

    private boolean awaitEnd() {
        try {
            return process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
