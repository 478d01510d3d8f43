package io.ag06.local.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;

/**
 * The files of one process: what it reads at its start, and where it writes.
 *
 * @param configuration folder with its {@code config.yaml}
 * @param temporary empty at each start: a killed process leaves its jars and state behind
 * @param log what it logs
 * @param output what it prints, which is nothing unless it dies
 */
record ProcessFiles(Path configuration, Path temporary, Path log, Path output) {
    private static final String LOGGING = "log4j2.xml";

    static ProcessFiles of(String process, ClusterSettings settings) {
        return new ProcessFiles(
                settings.directory().resolve("conf").resolve(process),
                settings.directory().resolve("tmp").resolve(process),
                settings.logs().resolve("flink-" + process + ".log"),
                settings.logs().resolve("flink-" + process + ".out"));
    }

    Path logging() {
        return configuration.resolve(LOGGING);
    }

    /** Writes what the process reads. */
    void write(Configuration options) {
        try (InputStream logging = ProcessFiles.class.getResourceAsStream("flink-log4j2.xml")) {
            Files.createDirectories(configuration);
            Files.createDirectories(log.getParent());
            List<String> lines = ConfigurationUtils.convertConfigToWritableLines(options, false);
            Files.write(configuration.resolve("config.yaml"), lines);
            Files.copy(logging, logging(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ClusterException("Flink's configuration can't be written to " + configuration, e);
        }
    }

    /** Takes away what an earlier run has left. */
    void clear() throws IOException {
        if (Files.exists(temporary)) {
            try (Stream<Path> left = Files.walk(temporary)) {
                for (Path file : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
        Files.createDirectories(temporary);
    }
}
