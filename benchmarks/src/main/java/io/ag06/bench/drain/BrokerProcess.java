package io.ag06.bench.drain;

import io.ag06.local.StackException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Kafka in a process of its own, so that its processor time and its memory are not those of the job. It ends when this
 * process does.
 */
final class BrokerProcess implements AutoCloseable {
    private static final int LONGEST_STOP_SECONDS = 30;

    private final Process process;
    private final String bootstrapServers;

    private BrokerProcess(Process process, String bootstrapServers) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
    }

    /** Starts a broker with every topic; returns when it answers. */
    static BrokerProcess start(Path directory) {
        Path log = directory.resolveSibling("kafka.out");
        try {
            Files.createDirectories(directory);
            Process process = new ProcessBuilder(command(directory))
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            BufferedReader said =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = said.readLine();
            if (line == null || !line.startsWith(BrokerMain.LISTENING)) {
                process.destroyForcibly();
                throw new StackException("Kafka's process does not start; its last words are in " + log);
            }
            return new BrokerProcess(process, line.substring(BrokerMain.LISTENING.length()));
        } catch (IOException e) {
            throw new StackException("Kafka's process can't be started: " + e.getMessage(), e);
        }
    }

    private static List<String> command(Path directory) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dag06.log=" + directory.resolveSibling("kafka.log"),
                "-cp",
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .collect(Collectors.joining(File.pathSeparator)),
                BrokerMain.class.getName(),
                directory.toString());
    }

    /** {@code host:port}. */
    String bootstrapServers() {
        return bootstrapServers;
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close(); // Tells it to stop.
            if (!process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
